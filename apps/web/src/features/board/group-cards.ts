import type { TaskStatus } from '@quarterdeck/contract/status';
import type { TaskCard } from '@quarterdeck/contract/task';
import type { Overlay } from '../../connection/live-store.ts';
import type { BoardSearch } from './board-search.ts';

export type Grouped = ReadonlyMap<TaskStatus, readonly TaskCard[]>;

/** Cards as they stand with what this person changed a moment ago. */
export function withOverlays(
  cards: ReadonlyMap<string, TaskCard>,
  overlays: ReadonlyMap<string, Overlay>,
): readonly TaskCard[] {
  if (overlays.size === 0) return [...cards.values()];
  return [...cards.values()].map((card) => {
    const change = overlays.get(card.id);
    return change ? { ...card, ...change } : card;
  });
}

/** Whether a card passes the filters of a search. Every word must be found in its id, title, assignee or tenant. */
export function passes(card: TaskCard, search: BoardSearch): boolean {
  if (search.project !== undefined && card.projectId !== search.project) return false;
  if (search.needs === 'me' && card.pendingApprovals === 0) return false;
  if (search.assignee === 'none' && card.assignee !== null) return false;
  if (search.assignee !== undefined && search.assignee !== 'none' && card.assignee !== search.assignee)
    return false;
  return matchesText(card, search.q);
}

/** Whether every word of a text is found in the card. */
export function matchesText(card: TaskCard, text: string | undefined): boolean {
  if (text === undefined) return true;
  const haystack = `${card.id} ${card.title} ${card.assignee ?? ''} ${card.tenant ?? ''}`.toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => haystack.includes(word));
}

/**
 * The cards that pass, by column and in its order. A column whose cards are the same objects as before is the same list,
 * so that a change in one column does not draw the others.
 */
export function groupCards(
  cards: readonly TaskCard[],
  search: BoardSearch,
  previous: Grouped = new Map(),
): Grouped {
  const grouped = new Map<TaskStatus, TaskCard[]>();
  for (const card of cards) {
    if (!passes(card, search)) continue;
    const column = grouped.get(card.status);
    if (column) column.push(card);
    else grouped.set(card.status, [card]);
  }
  const kept = new Map<TaskStatus, readonly TaskCard[]>();
  for (const [status, column] of grouped) {
    column.sort(isFinished(status) ? byCompletion : byRank);
    const before = previous.get(status);
    kept.set(status, before && isSameList(before, column) ? before : column);
  }
  return kept;
}

const isFinished = (status: TaskStatus) => status === 'done' || status === 'archived';

function byRank(left: TaskCard, right: TaskCard): number {
  return right.priority - left.priority || left.createdAt - right.createdAt || (left.id < right.id ? -1 : 1);
}

/** Finished work is read from the newest. */
function byCompletion(left: TaskCard, right: TaskCard): number {
  const at = (card: TaskCard) => card.completedAt ?? card.updatedAt;
  return at(right) - at(left) || (left.id < right.id ? -1 : 1);
}

function isSameList(left: readonly TaskCard[], right: readonly TaskCard[]): boolean {
  return left.length === right.length && left.every((card, index) => card === right[index]);
}
