import type { TaskCard } from '@quarterdeck/contract/task';
import type { BoardState } from './board-state.ts';
import { type CardChange, changeColumns } from './column-order.ts';

type Maps = Pick<BoardState, 'parentsOf' | 'childrenOf' | 'pending' | 'projects'>;
type Writable<K extends keyof Maps> =
  Maps[K] extends ReadonlyMap<infer Key, infer Value> ? Map<Key, Value> : never;

/** A board while a batch of facts is put into it. However many there are, each of its maps is copied once at most. */
export interface BoardDraft {
  /** The board as far as the batch has come. */
  readonly now: Readonly<Omit<BoardState, 'cards' | 'columns'>> & CardsOf;
  putCard(card: TaskCard): void;
  /** A map of the board, to be written to. */
  own<K extends keyof Maps>(name: K): Writable<K>;
  setCursor(cursor: number): void;
}

interface CardsOf {
  readonly cards: Pick<BoardState['cards'], 'get'>;
}

/** The board after a batch of changes. The same object when the batch changed nothing. */
export function changeBoard(before: BoardState, change: (draft: BoardDraft) => void): BoardState {
  const put = new Map<string, TaskCard>();
  const cards: CardsOf['cards'] = { get: (id) => put.get(id) ?? before.cards.get(id) };
  const now = { ...before, cards };
  change({
    now,
    putCard: (card) => put.set(card.id, card),
    own: (name) => {
      if (now[name] === before[name]) Object.assign(now, { [name]: new Map<unknown, unknown>(before[name]) });
      return now[name] as Writable<typeof name>;
    },
    setCursor: (cursor) => Object.assign(now, { cursor }),
  });
  const changes = [...put.values()].map((to): CardChange => ({ from: before.cards.get(to.id) ?? null, to }));
  const after = {
    ...now,
    cards: put.size > 0 ? before.cards.with(put) : before.cards,
    columns: changeColumns(before.columns, changes),
  };
  return isSame(before, after) ? before : after;
}

function isSame(before: BoardState, now: BoardState): boolean {
  return (Object.keys(before) as (keyof BoardState)[]).every((key) => before[key] === now[key]);
}
