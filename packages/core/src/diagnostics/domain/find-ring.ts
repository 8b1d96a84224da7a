import type { TaskId } from '@quarterdeck/contract/ids';
import type { Link } from '@quarterdeck/contract/task';

/**
 * The rings among these links, by each task in one: the tasks in the order in which they wait for each other, itself first. Tasks
 * that only wait for a ring are in none.
 */
export function findRings(links: readonly Link[]): Map<TaskId, TaskId[]> {
  const waitsFor = new Map<TaskId, TaskId[]>();
  for (const { parentId, childId } of links)
    waitsFor.set(childId, [...(waitsFor.get(childId) ?? []), parentId]);
  strip(waitsFor, links);
  const rings = new Map<TaskId, TaskId[]>();
  for (const start of waitsFor.keys()) {
    const ring = wayBack(start, waitsFor);
    if (ring) rings.set(start, ring);
  }
  return rings;
}

/** Leaves only tasks that wait, directly or not, for a ring. */
function strip(waitsFor: Map<TaskId, TaskId[]>, links: readonly Link[]): void {
  const children = Map.groupBy(links, (link) => link.parentId);
  const left = new Map([...waitsFor].map(([child, parents]) => [child, parents.length]));
  const free = [...children.keys()].filter((parent) => !waitsFor.has(parent));
  for (let next = free.pop(); next !== undefined; next = free.pop()) {
    waitsFor.delete(next);
    for (const { childId } of children.get(next) ?? []) {
      const parents = (left.get(childId) ?? 0) - 1;
      left.set(childId, parents);
      if (parents === 0) free.push(childId);
    }
  }
}

/** The shortest way from a task over what it waits for back to itself. */
function wayBack(start: TaskId, waitsFor: ReadonlyMap<TaskId, TaskId[]>): TaskId[] | null {
  const cameFrom = new Map<TaskId, TaskId>();
  const queue: TaskId[] = [start];
  for (const task of queue) {
    for (const parent of waitsFor.get(task) ?? []) {
      if (parent === start) return trace(task, start, cameFrom);
      if (cameFrom.has(parent) || !waitsFor.has(parent)) continue;
      cameFrom.set(parent, task);
      queue.push(parent);
    }
  }
  return null;
}

function trace(last: TaskId, start: TaskId, cameFrom: ReadonlyMap<TaskId, TaskId>): TaskId[] {
  const way = [last];
  for (let at = last; at !== start; ) {
    at = cameFrom.get(at) ?? start;
    way.unshift(at);
  }
  return way;
}
