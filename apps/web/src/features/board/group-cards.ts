import { isSameLabel } from '@quarterdeck/contract/label';
import type { TaskCard } from '@quarterdeck/contract/task';
import type { BoardState } from '../../connection/board-state.ts';
import { type CardChange, type Columns, changeColumns } from '../../connection/column-order.ts';
import type { Overlay } from '../../connection/live-store.ts';
import type { BoardSearch } from './board-search.ts';

/** The part of a search that says which cards are shown. */
export type CardFilter = Pick<BoardSearch, 'project' | 'q' | 'assignee' | 'needs' | 'tenant' | 'label'>;

/** Columns that were filtered, with what they came of, so that the next time only the changed ones are looked at. */
export interface Filtered {
  readonly columns: Columns;
  readonly filter: CardFilter;
  readonly grouped: Columns;
}

/** The columns with what this person changed a moment ago. */
export function withOverlays(
  { cards, columns }: { readonly cards: Pick<BoardState['cards'], 'get'>; readonly columns: Columns },
  overlays: ReadonlyMap<string, Overlay>,
): Columns {
  const changes = [...overlays].flatMap(([id, change]): CardChange[] => {
    const from = cards.get(id);
    return from ? [{ from, to: { ...from, ...change } }] : [];
  });
  return changeColumns(columns, changes);
}

/** The cards that pass, by column. A column whose cards are the same as the last time is the same list. */
export function filterColumns(columns: Columns, filter: CardFilter, last: Filtered | null): Filtered {
  const conditions = conditionsOf(filter);
  if (conditions.length === 0) return { columns, filter, grouped: columns };
  const isSameFilter = last !== null && isEqual(last.filter, filter);
  const grouped = new Map(
    [...columns].map(([status, column]) => {
      const before = last?.grouped.get(status);
      if (isSameFilter && before && last.columns.get(status) === column) return [status, before];
      const found = column.filter((card) => conditions.every((passes) => passes(card)));
      return [status, before && isSameList(before, found) ? before : found];
    }),
  );
  return { columns, filter, grouped };
}

type Condition = (card: TaskCard) => boolean;

/** What a card must fulfil, one condition for each limit that is set. */
function conditionsOf({ project, needs, assignee, q, tenant, label = [] }: CardFilter): readonly Condition[] {
  const conditions: Condition[] = [];
  if (project !== undefined) conditions.push((card) => card.projectId === project);
  if (tenant !== undefined) conditions.push((card) => card.tenant === tenant);
  for (const wanted of label)
    conditions.push((card) => card.labels.some((each) => isSameLabel(each, wanted)));
  if (needs === 'me') conditions.push((card) => card.pendingApprovals > 0);
  if (assignee === 'none') conditions.push((card) => card.assignee === null);
  else if (assignee !== undefined) conditions.push((card) => card.assignee === assignee);
  if (q !== undefined && q.trim() !== '') conditions.push(textCondition(q));
  return conditions;
}

/** Whether every word of a text is found in the card. */
export function matchesText(card: TaskCard, text: string | undefined): boolean {
  return text === undefined || textCondition(text)(card);
}

function textCondition(text: string): Condition {
  const words = text.toLowerCase().split(/\s+/);
  return (card) => {
    const haystack = haystackOf(card);
    return words.every((word) => haystack.includes(word));
  };
}

/** What is searched of a card, made once for each version of it: thousands are searched with every letter typed. */
const haystacks = new WeakMap<TaskCard, string>();

function haystackOf(card: TaskCard): string {
  const known = haystacks.get(card);
  if (known !== undefined) return known;
  const { id, title, assignee, tenant, labels } = card;
  const made = [id, title, assignee ?? '', tenant ?? '', ...labels].join(' ').toLowerCase();
  haystacks.set(card, made);
  return made;
}

function isEqual(left: CardFilter, right: CardFilter): boolean {
  const keys = new Set([...Object.keys(left), ...Object.keys(right)]) as Set<keyof CardFilter>;
  return [...keys].every((key) => String(left[key]) === String(right[key]));
}

function isSameList(left: readonly TaskCard[], right: readonly TaskCard[]): boolean {
  return left.length === right.length && left.every((card, index) => card === right[index]);
}
