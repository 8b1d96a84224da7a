import type { TaskStatus } from '@quarterdeck/contract/status';

/** As in column.module.css. */
export const LEAST_COLUMN_PX = 172;
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
/** Folded with cards in them, too, when all else is in vain: nothing in them goes on today. */
const WAITING_ROOMS: readonly TaskStatus[] = ['archived', 'scheduled', 'triage'];

/**
 * The columns drawn as a narrow strip: those a person folded, then empty ones as far as room is needed for the others,
 * then what waits for another day. So that the columns in which work moves are all in sight.
 */
export function collapsedColumns({ statuses, counts, chosen, widthPx }: Layout): ReadonlySet<TaskStatus> {
  const folded = new Set(statuses.filter((status) => chosen[status] === 'folded'));
  const needed = () =>
    statuses.reduce(
      (sum, status) => sum + (folded.has(status) ? STRIP_PX : LEAST_COLUMN_PX) + GAP_PX,
      -GAP_PX,
    );
  const isFree = (status: TaskStatus) => statuses.includes(status) && !chosen[status];
  const isEmpty = (status: TaskStatus) => (counts.get(status) ?? 0) === 0 && !ALWAYS_OPEN.has(status);
  for (const status of [...FOLD_ORDER.filter(isEmpty), ...WAITING_ROOMS]) {
    if (needed() <= widthPx) break;
    if (isFree(status)) folded.add(status);
  }
  return folded;
}
