import { useEffect } from 'react';
import { isTyping } from '../shell/is-typing.ts';
import { toggleSelected, useBoardUi } from './board-ui.ts';
import { currentCardId, focusCard } from './card-focus.ts';
import { createHere } from './create-here.ts';
import { liftCard, steerLift } from './keyboard-lift.ts';
import { shownCard } from './move-task.ts';
import { type Direction, nextCard } from './next-card.ts';
import type { BoardView } from './use-board-view.ts';

const STEPS: Readonly<Record<string, Direction>> = {
  j: 'down',
  ArrowDown: 'down',
  k: 'up',
  ArrowUp: 'up',
  h: 'left',
  ArrowLeft: 'left',
  l: 'right',
  ArrowRight: 'right',
};

interface BoardKeys {
  readonly view: BoardView;
  readonly openTask: (taskId: string | undefined) => void;
  /** The task whose drawer is open. */
  readonly openId: string | undefined;
}

/** The board's keys. Nothing happens while someone types or a menu or question is open. */
export function useBoardKeys({ view, openTask, openId }: BoardKeys): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
      if (takeKey(event, { view, openTask, openId })) event.preventDefault();
    };
    globalThis.addEventListener('keydown', press);
    return () => globalThis.removeEventListener('keydown', press);
  }, [view, openTask, openId]);
}

function takeKey(event: KeyboardEvent, { view, openTask, openId }: BoardKeys): boolean {
  const { key } = event;
  if (steerLift(key, view.statuses)) return true;
  const isOnControl =
    event.target instanceof Element && event.target.matches('button, a, [role="tab"], summary');
  const isInDrawer = event.target instanceof Element && event.target.closest('[data-drawer]') !== null;
  if (key === 'c') {
    createHere();
    return true;
  }
  if (key === 'Escape') return stepBack(openTask, openId !== undefined);
  if (isInDrawer) return false;
  const direction = STEPS[key];
  if (direction) return walk(view, direction, openId === undefined ? undefined : openTask);
  const taskId = currentCardId();
  if (!taskId || isOnControl) return false;
  return actOnCard(key, taskId, { openTask, openId });
}

function actOnCard(
  key: string,
  taskId: string,
  { openTask, openId }: Pick<BoardKeys, 'openTask' | 'openId'>,
): boolean {
  if (key === 'x') toggleSelected(taskId);
  else if (key === 'Enter' && taskId === openId) enterDrawer();
  else if (key === 'Enter') openTask(taskId);
  else if (key === ' ') liftCard(taskId);
  else return false;
  return true;
}

/** Takes the focus from a card into its open drawer. */
function enterDrawer(): void {
  document.querySelector<HTMLElement>('[data-drawer] [role="tab"][aria-selected="true"]')?.focus();
}

function stepBack(openTask: BoardKeys['openTask'], isDrawerOpen: boolean): boolean {
  const { creatingIn, selected } = useBoardUi.getState();
  if (creatingIn) useBoardUi.setState({ creatingIn: null });
  else if (selected.size > 0) useBoardUi.setState({ selected: new Set() });
  else if (isDrawerOpen) {
    const taskId = currentCardId();
    openTask(undefined);
    const card = shownCard(taskId ?? '');
    if (card) requestAnimationFrame(() => focusCard(card.id, card.status));
  } else return false;
  return true;
}

/** With the drawer open, walking shows each card in it. */
function walk(view: BoardView, direction: Direction, openTask?: BoardKeys['openTask']): boolean {
  const columns = view.statuses.map((status): readonly string[] =>
    (view.grouped.get(status) ?? []).map(({ id }) => id),
  );
  const next = nextCard(columns, currentCardId(), direction);
  const status = view.statuses.find((_, index) => next !== null && columns[index]?.includes(next));
  if (!next || !status) return false;
  focusCard(next, status);
  openTask?.(next);
  return true;
}
