import type { TaskCard } from '@quarterdeck/contract/task';
import type { Columns } from '../../connection/column-order.ts';

/** Kept with the list it is about: most columns are the same list as before. */
const known = new WeakMap<readonly TaskCard[], ReadonlySet<string>>();

/** Whether cards of more than one project are shown. */
export function spansProjects(columns: Columns): boolean {
  const all = new Set<string>();
  for (const column of columns.values()) for (const id of projectsOf(column)) all.add(id);
  return all.size > 1;
}

function projectsOf(column: readonly TaskCard[]): ReadonlySet<string> {
  const found = known.get(column) ?? new Set(column.map(({ projectId }) => projectId));
  known.set(column, found);
  return found;
}
