import type { GraphNode, TaskGraph } from '@quarterdeck/contract/graph';
import type { TaskId } from '@quarterdeck/contract/ids';
import type { Context } from '../command/context.ts';
import type { Paint } from './paint.ts';
import { oneLine } from './plain-text.ts';
import { taskMark } from './status-mark.ts';

/** A graph as two trees under the task: what it waits for, and what waits for it. A task met again is named, not unfolded. */
export function graphText({ paint }: Pick<Context, 'paint'>, graph: TaskGraph): string {
  const parents = Map.groupBy(graph.links, (link) => link.childId);
  const children = Map.groupBy(graph.links, (link) => link.parentId);
  const byId = new Map(graph.nodes.map((node) => [node.id, node]));
  const up = drawTree({ paint, byId, next: (id) => (parents.get(id) ?? []).map((it) => it.parentId) }, graph);
  const down = drawTree(
    { paint, byId, next: (id) => (children.get(id) ?? []).map((it) => it.childId) },
    graph,
  );
  const own = byId.get(graph.taskId);
  return [
    ...(own ? [nodeLine(paint, own)] : []),
    ...section(paint('bold', 'Waits for'), up),
    ...section(paint('bold', 'Holds back'), down),
    ...(up.length + down.length === 0 ? ['It waits for nothing, and nothing waits for it.'] : []),
    ...(graph.isCut ? [paint('faint', 'There are more tasks than are shown here.')] : []),
  ].join('\n');
}

interface Tree {
  readonly paint: Paint;
  readonly byId: ReadonlyMap<TaskId, GraphNode>;
  readonly next: (id: TaskId) => readonly TaskId[];
}

function drawTree({ paint, byId, next }: Tree, { taskId }: TaskGraph): readonly string[] {
  const lines: string[] = [];
  const seen = new Set<TaskId>([taskId]);
  const unfold = (id: TaskId, indent: string) => {
    const near = next(id).flatMap((it) => byId.get(it) ?? []);
    for (const [place, node] of near.entries()) {
      const [branch, trunk] = place === near.length - 1 ? ['└─', '   '] : ['├─', '│  '];
      const isKnown = seen.has(node.id);
      const again = isKnown && next(node.id).length > 0 ? paint('faint', '  (see above)') : '';
      lines.push(`${indent}${branch} ${nodeLine(paint, node)}${again}`);
      seen.add(node.id);
      if (!isKnown) unfold(node.id, indent + trunk);
    }
  };
  unfold(taskId, '');
  return lines;
}

function nodeLine(paint: Paint, node: GraphNode): string {
  const mark = taskMark(node.status);
  return `${node.id}  ${paint(mark.tone, mark.text)}  ${oneLine(node.title)}`;
}

function section(heading: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', heading, ...lines];
}
