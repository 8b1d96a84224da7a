import type { TaskCard } from '@quarterdeck/contract/task';

/** A line of a column: a card, the place of one that left while the pointer was over the column, or the head of a lane. */
export type Row =
  | { readonly kind: 'card'; readonly key: string; readonly card: TaskCard }
  | { readonly kind: 'gone'; readonly key: string; readonly card: TaskCard }
  | { readonly kind: 'lane'; readonly key: string; readonly assignee: string | null; readonly count: number };

export interface HeldRows {
  readonly rows: readonly Row[];
  /** Cards that are there but not shown yet. */
  readonly arrivals: number;
}

/** One row for each version of a card, so that a list of thousands is not made anew for one that changed. */
const cardRows = new WeakMap<TaskCard, Row>();

function cardRow(card: TaskCard): Row {
  const known = cardRows.get(card);
  if (known) return known;
  const row: Row = { kind: 'card', key: card.id, card };
  cardRows.set(card, row);
  return row;
}

/** The rows of a column as it is. */
export function plainRows(cards: readonly TaskCard[]): HeldRows {
  return { rows: cards.map(cardRow), arrivals: 0 };
}

/**
 * The rows of a column that must not move under the pointer: what was there stays in its place, what left leaves its
 * place empty, and what came is shown only below all of it.
 */
export function heldRows(held: readonly TaskCard[], actual: readonly TaskCard[]): HeldRows {
  const now = new Map(actual.map((card) => [card.id, card]));
  const before = new Set(held.map(({ id }) => id));
  const rows = held.map((card): Row => {
    const current = now.get(card.id);
    return current ? cardRow(current) : { kind: 'gone', key: card.id, card };
  });
  const lastKnown = actual.findLastIndex(({ id }) => before.has(id));
  const below = actual.slice(lastKnown + 1);
  const arrivals = actual.filter(({ id }, index) => index <= lastKnown && !before.has(id)).length;
  return { rows: [...rows, ...below.map(cardRow)], arrivals };
}

/** The rows under a head for each assignee, the busiest first. */
export function laneRows(rows: readonly Row[]): readonly Row[] {
  const lanes = Map.groupBy(rows, (row) => (row.kind === 'lane' ? null : row.card.assignee));
  return [...lanes]
    .sort(([, left], [, right]) => right.length - left.length)
    .flatMap(([assignee, members]): Row[] => [
      { kind: 'lane', key: `lane-${assignee ?? ''}`, assignee, count: members.length },
      ...members,
    ]);
}
