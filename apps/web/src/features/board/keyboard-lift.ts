import type { TaskStatus } from '@quarterdeck/contract/status';
import { announce } from '../../ui/announcer.tsx';
import { STATUS_WORD } from '../../ui/status-word.ts';
import { type Lift, useBoardUi } from './board-ui.ts';
import { focusCard } from './card-focus.ts';
import { canMove } from './move-targets.ts';
import { moveTask, refusedMove, shownCard } from './move-task.ts';

/** Lifts a card with the keyboard: arrows choose a column, space drops, Escape puts it back. */
export function liftCard(taskId: string): void {
  const card = shownCard(taskId);
  if (!card) return;
  const lift: Lift = { taskId, title: card.title, from: card.status, over: card.status, by: 'keyboard' };
  useBoardUi.setState({ lift });
  announce(
    `Lifted ${card.title} from ${STATUS_WORD[card.status]}. Left and right arrows choose a column, space drops, Escape cancels.`,
  );
}

/** Keys while a card is lifted. Returns whether the key meant something. */
export function steerLift(key: string, statuses: readonly TaskStatus[]): boolean {
  const { lift } = useBoardUi.getState();
  if (lift?.by !== 'keyboard') return false;
  if (key === 'Escape') cancelLift(lift);
  else if (key === ' ' || key === 'Enter') drop(lift);
  else if (key === 'ArrowLeft' || key === 'h') step(lift, statuses, -1);
  else if (key === 'ArrowRight' || key === 'l') step(lift, statuses, 1);
  return true;
}

function cancelLift({ taskId, from }: Lift): void {
  useBoardUi.setState({ lift: null });
  announce(`Cancelled. ${taskId} stays in ${STATUS_WORD[from]}.`);
}

function drop({ taskId, over }: Lift): void {
  useBoardUi.setState({ lift: null });
  if (!over) return;
  moveTask(taskId, over);
  // The card is drawn again in its new column and would lose the focus.
  requestAnimationFrame(() => focusCard(taskId, shownCard(taskId)?.status ?? over));
}

function step(lift: Lift, statuses: readonly TaskStatus[], by: 1 | -1): void {
  const at = statuses.indexOf(lift.over ?? lift.from);
  const over = statuses[Math.min(statuses.length - 1, Math.max(0, at + by))] ?? lift.from;
  useBoardUi.setState({ lift: { ...lift, over } });
  document.querySelector(`[data-column="${over}"]`)?.scrollIntoView({ inline: 'nearest', block: 'nearest' });
  announce(overText(lift.from, over));
}

function overText(from: TaskStatus, over: TaskStatus): string {
  if (over === from) return `Over ${STATUS_WORD[over]}, where it was.`;
  if (canMove(from, over)) return `Over ${STATUS_WORD[over]}. Space drops it here.`;
  return `Over ${STATUS_WORD[over]}. ${refusedMove(from, over)}`;
}
