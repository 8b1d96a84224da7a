import type { TaskStatus } from '@quarterdeck/contract/status';
import type { TaskCard } from '@quarterdeck/contract/task';
import { create } from 'zustand';

/** A card that is being moved, and where it would land. */
export interface Lift {
  readonly taskId: string;
  readonly title: string;
  readonly from: TaskStatus;
  readonly over: TaskStatus | null;
  readonly by: 'pointer' | 'keyboard';
}

interface BoardUi {
  readonly lift: Lift | null;
  readonly selected: ReadonlySet<string>;
  /** The card that has or last had the focus. */
  readonly focusedId: string | null;
  /** The column with an open create box. */
  readonly creatingIn: TaskStatus | null;
  /** The one column a phone shows; null on a wide screen. */
  readonly columnInSight: TaskStatus | null;
  /** A move that waits for an answer. */
  readonly question: {
    /** As it was when it was asked. */
    readonly saw: TaskCard;
    readonly to: TaskStatus;
    readonly kind: 'stop' | 'time' | 'no-way-back';
  } | null;
}

/** What the board's own controls are doing; nothing of it is stored or sent. */
export const useBoardUi = create<BoardUi>(() => ({
  lift: null,
  selected: new Set(),
  focusedId: null,
  creatingIn: null,
  columnInSight: null,
  question: null,
}));

/** Adds a card to the selection or takes it out. */
export function toggleSelected(taskId: string): void {
  useBoardUi.setState(({ selected }) => {
    const next = new Set(selected);
    if (!next.delete(taskId)) next.add(taskId);
    return { selected: next };
  });
}

/** Adds all cards between the last focused one and this one, when both are in the same column. */
export function selectRange(column: readonly string[], taskId: string): void {
  useBoardUi.setState(({ selected, focusedId }) => {
    const from = column.indexOf(focusedId ?? taskId);
    const to = column.indexOf(taskId);
    const range = from < 0 ? [taskId] : column.slice(Math.min(from, to), Math.max(from, to) + 1);
    return { selected: new Set([...selected, ...range]), focusedId: taskId };
  });
}
