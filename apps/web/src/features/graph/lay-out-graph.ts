import { Graph, layout } from '@dagrejs/dagre';
import type { ChosenGraph, GraphLink } from './choose-graph.ts';

/** Size of a task in the graph, px. */
export const NODE = { width: 232, height: 58 } as const;
const MARGIN = 24;

interface Point {
  readonly x: number;
  readonly y: number;
}

export interface GraphPicture {
  readonly width: number;
  readonly height: number;
  /** Upper left corner of each task. */
  readonly places: ReadonlyMap<string, Point>;
  readonly edges: readonly (GraphLink & { readonly path: string })[];
}

/** Places tasks from left to right, parents before children. The same tasks and links give the same picture. */
export function layOutGraph({ tasks, links }: Pick<ChosenGraph, 'tasks' | 'links'>): GraphPicture {
  const graph = new Graph();
  graph.setGraph({ rankdir: 'LR', nodesep: 14, ranksep: 64, marginx: MARGIN, marginy: MARGIN });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const id of tasks.map((task) => task.id).toSorted()) graph.setNode(id, { ...NODE });
  for (const { parentId, childId } of links) graph.setEdge(parentId, childId);
  layout(graph);
  const places = new Map(
    tasks.map(({ id }) => {
      const { x, y } = graph.node(id) as Point;
      return [id as string, { x: x - NODE.width / 2, y: y - NODE.height / 2 }] as const;
    }),
  );
  const edges = links.map((link) => {
    const { points } = graph.edge(link.parentId, link.childId) as { readonly points: readonly Point[] };
    return { ...link, path: curveThrough(leaveLevel(places, link, points)) };
  });
  const { width = 0, height = 0 } = graph.graph() as { readonly width?: number; readonly height?: number };
  return { width, height, places, edges };
}

/** From the middle of the parent's right side, by way of the bends, to the middle of the child's left side. */
function leaveLevel(
  places: ReadonlyMap<string, Point>,
  { parentId, childId }: GraphLink,
  points: readonly Point[],
): readonly Point[] {
  const [from, to] = [places.get(parentId), places.get(childId)];
  if (!from || !to) return points;
  const start = { x: from.x + NODE.width, y: from.y + NODE.height / 2 };
  const end = { x: to.x, y: to.y + NODE.height / 2 };
  const bends = points.slice(1, -1).filter(({ x }) => x > start.x && x < end.x);
  // A link to the next rank needs no bends; a longer one goes round what lies between.
  return end.x - start.x < 2 * NODE.width ? [start, end] : [start, ...bends, end];
}

/** A line that leaves and arrives level, and bends in between. */
function curveThrough(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (first === undefined) return '';
  let from = first;
  let path = `M${round(first.x)} ${round(first.y)}`;
  for (const to of rest) {
    const middle = round((from.x + to.x) / 2);
    path += ` C${middle} ${round(from.y)} ${middle} ${round(to.y)} ${round(to.x)} ${round(to.y)}`;
    from = to;
  }
  return path;
}

const round = (value: number) => Math.round(value * 10) / 10;

export type Direction = 'left' | 'right' | 'up' | 'down';

/** The task an arrow key leads to: along a link to the side, to the nearest one above or below. */
export function neighbourOf(
  picture: Pick<GraphPicture, 'places' | 'edges'>,
  taskId: string,
  direction: Direction,
): string | null {
  const from = picture.places.get(taskId);
  if (from === undefined) return null;
  const distance = (id: string) => {
    const to = picture.places.get(id);
    return to ? Math.abs(to.x - from.x) + Math.abs(to.y - from.y) : Number.POSITIVE_INFINITY;
  };
  const nearest = (ids: readonly string[]) =>
    ids.toSorted((a, b) => distance(a) - distance(b) || (a < b ? -1 : 1))[0] ?? null;
  if (direction === 'left')
    return nearest(picture.edges.filter((it) => it.childId === taskId).map((it) => it.parentId));
  if (direction === 'right')
    return nearest(picture.edges.filter((it) => it.parentId === taskId).map((it) => it.childId));
  const sign = direction === 'down' ? 1 : -1;
  const beside = [...picture.places].filter(
    ([, to]) => Math.abs(to.x - from.x) < NODE.width / 2 && (to.y - from.y) * sign > 0,
  );
  return nearest(beside.map(([id]) => id));
}
