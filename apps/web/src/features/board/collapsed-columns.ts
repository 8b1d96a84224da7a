import type { TaskStatus } from '@quarterdeck/contract/status';

export const LEAST_COLUMN_PX = 212;
export const STRIP_PX = 38;
const GAP_PX = 4;

interface Layout {
  readonly statuses: readonly TaskStatus[];
  readonly counts: ReadonlyMap<TaskStatus, number>;
  /** What a person chose for a column; it always wins. */
  readonly chosen: Readonly<Partial<Record<TaskStatus, 'open' | 'folded'>>>;
  readonly widthPx: number;
}

/** These stay open even when empty: work starts and ends there. */
const ALWAYS_OPEN = new Set<TaskStatus>(['ready', 'running', 'done']);
/** Folded first when there is not room for all. */
const FOLD_ORDER: readonly TaskStatus[] = ['archived', 'scheduled', 'triage', 'blocked', 'review', 'todo'];

/** The columns drawn as a narrow strip: those a person folded, and empty ones as far as room is needed for the others. */
export function collapsedColumns({ statuses, counts, chosen, widthPx }: Layout): ReadonlySet<TaskStatus> {
  const folded = new Set(statuses.filter((status) => chosen[status] === 'folded'));
  const needed = () =>
    statuses.reduce((sum, status) => sum + (folded.has(status) ? STRIP_PX : LEAST_COLUMN_PX) + GAP_PX, 0);
  for (const status of FOLD_ORDER) {
    if (needed() <= widthPx) break;
    const isEmpty = (counts.get(status) ?? 0) === 0;
    if (statuses.includes(status) && isEmpty && !chosen[status] && !ALWAYS_OPEN.has(status))
      folded.add(status);
  }
  return folded;
}
