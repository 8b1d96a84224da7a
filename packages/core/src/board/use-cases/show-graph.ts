import type { GraphNode, TaskGraph } from '@quarterdeck/contract/graph';
import type { TaskId } from '@quarterdeck/contract/ids';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';
import type { Link, Task } from '@quarterdeck/contract/task';
import type { BoardDeps, BoardPorts } from '../ports.ts';

/** A task with all it waits for and all that wait for it, nearest first; `limit` tasks at most. */
export async function showGraph(
  deps: Pick<BoardDeps, 'db'>,
  { taskId, limit }: { readonly taskId: string; readonly limit: number },
): Promise<Result<TaskGraph>> {
  return deps.db.read(async (ports) => {
    const task = await ports.tasks.find(taskId as TaskId);
    if (task === null) return refuse('task_not_found', { taskId });
    const distances = new Map<TaskId, number>([[task.id, 0]]);
    const up = await walk(ports, { distances, limit, step: -1 });
    const down = await walk(ports, { distances, limit, step: 1 });
    const found = await ports.tasks.findMany([...distances.keys()]);
    const nodes = found
      .map((it) => toNode(it, distances.get(it.id) ?? 0))
      .toSorted((a, b) => a.distance - b.distance || (a.id < b.id ? -1 : 1));
    const ids = [...distances.keys()];
    const links = (await ports.links.childrenOf(ids)).filter((link) => distances.has(link.childId));
    return ok({ taskId: task.id, nodes, links, isCut: up || down });
  });
}

interface Walk {
  /** Tasks found so far; the walk adds to them. */
  readonly distances: Map<TaskId, number>;
  readonly limit: number;
  /** -1 towards parents, 1 towards children. */
  readonly step: -1 | 1;
}

/** Follows the links one way, level by level. True when the limit left tasks out. */
async function walk(ports: BoardPorts, { distances, limit, step }: Walk): Promise<boolean> {
  let level = [...distances].filter(([, distance]) => distance === 0).map(([id]) => id);
  for (let distance = step; level.length > 0; distance += step) {
    const links = await neighbours(ports, level, step);
    level = [];
    for (const id of links) {
      if (distances.has(id)) continue;
      if (distances.size >= limit) return true;
      distances.set(id, distance);
      level.push(id);
    }
  }
  return false;
}

async function neighbours(ports: BoardPorts, ids: readonly TaskId[], step: -1 | 1): Promise<TaskId[]> {
  const far = ({ parentId, childId }: Link) => (step === -1 ? parentId : childId);
  const links = step === -1 ? await ports.links.linksTo(ids) : await ports.links.childrenOf(ids);
  return links.map(far);
}

function toNode(task: Task, distance: number): GraphNode {
  const { id, projectId, title, status, assignee, priority } = task;
  return { id, projectId, title, status, assignee, priority, distance };
}
