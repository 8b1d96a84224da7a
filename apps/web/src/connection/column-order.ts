import type { TaskStatus } from '@quarterdeck/contract/status';
import type { TaskCard } from '@quarterdeck/contract/task';

/** Every card by its column, each column in its order. A column in which nothing changed stays the same list. */
export type Columns = ReadonlyMap<TaskStatus, readonly TaskCard[]>;

/** A card as it was and as it is; null where it was or is not. */
export interface CardChange {
  readonly from: TaskCard | null;
  readonly to: TaskCard | null;
}

/** All cards, put in columns and sorted. */
export function sortIntoColumns(cards: Iterable<TaskCard>): Columns {
  const columns = new Map<TaskStatus, TaskCard[]>();
  for (const card of cards) {
    const column = columns.get(card.status);
    if (column) column.push(card);
    else columns.set(card.status, [card]);
  }
  for (const [status, column] of columns) column.sort(orderOf(status));
  return columns;
}

/** The columns after some cards changed: only their columns are other lists, and none is sorted again. */
export function changeColumns(columns: Columns, changes: readonly CardChange[]): Columns {
  if (changes.length === 0) return columns;
  const next = new Map(columns);
  for (const status of new Set(changes.flatMap(({ from, to }) => [from, to]).map((card) => card?.status))) {
    if (status) next.set(status, changeColumn(columns.get(status) ?? [], status, changes));
  }
  return next;
}

function changeColumn(
  column: readonly TaskCard[],
  status: TaskStatus,
  changes: readonly CardChange[],
): readonly TaskCard[] {
  const left = new Set(changes.flatMap(({ from }) => (from?.status === status ? [from.id] : [])));
  const came = changes.flatMap(({ to }) => (to?.status === status ? [to] : []));
  const next = left.size === 0 ? [...column] : column.filter(({ id }) => !left.has(id));
  const order = orderOf(status);
  for (const card of came) next.splice(placeOf(next, card, order), 0, card);
  return next;
}

/** Where a card belongs in a sorted column. */
function placeOf(column: readonly TaskCard[], card: TaskCard, order: Order): number {
  let [low, high] = [0, column.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = column[middle];
    if (other && order(other, card) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

type Order = (left: TaskCard, right: TaskCard) => number;

function orderOf(status: TaskStatus): Order {
  return status === 'done' || status === 'archived' ? byCompletion : byRank;
}

function byRank(left: TaskCard, right: TaskCard): number {
  return right.priority - left.priority || left.createdAt - right.createdAt || byId(left, right);
}

/** Finished work is read from the newest. */
function byCompletion(left: TaskCard, right: TaskCard): number {
  const at = (card: TaskCard) => card.completedAt ?? card.updatedAt;
  return at(right) - at(left) || byId(left, right);
}

function byId(left: TaskCard, right: TaskCard): number {
  return left.id < right.id ? -1 : 1;
}
