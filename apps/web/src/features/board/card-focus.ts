import type { TaskStatus } from '@quarterdeck/contract/status';
import { useBoardUi } from './board-ui.ts';

const scrollers = new Map<TaskStatus, (taskId: string) => void>();

/** Lets a column bring one of its cards into the page. Returns what takes it back. */
export function registerScroller(status: TaskStatus, scrollTo: (taskId: string) => void): () => void {
  scrollers.set(status, scrollTo);
  return () => {
    if (scrollers.get(status) === scrollTo) scrollers.delete(status);
  };
}

/** Scrolls a column to one of its cards once the card is there. */
export function revealCard(taskId: string, status: TaskStatus): void {
  requestAnimationFrame(() => scrollers.get(status)?.(taskId));
}

/** Gives a card the keyboard focus, also when it is scrolled far away. */
export function focusCard(taskId: string, status: TaskStatus): void {
  useBoardUi.setState({ focusedId: taskId });
  scrollers.get(status)?.(taskId);
  focusWhenDrawn(taskId, 8);
}

/** A card scrolled to is drawn some paints later. */
function focusWhenDrawn(taskId: string, paintsLeft: number): void {
  const card = document.querySelector<HTMLElement>(`[data-task-id="${taskId}"]`);
  if (card) {
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  } else if (paintsLeft > 0) {
    requestAnimationFrame(() => focusWhenDrawn(taskId, paintsLeft - 1));
  }
}

/** The card that has the focus, or had it last. */
export function currentCardId(): string | null {
  const focused = document.activeElement?.closest<HTMLElement>('[data-task-id]');
  return focused?.dataset['taskId'] ?? useBoardUi.getState().focusedId;
}
