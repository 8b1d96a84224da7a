import type { TaskStatus } from '@quarterdeck/contract/status';
import type { TaskCard, TaskPatch } from '@quarterdeck/contract/task';
import { toast } from 'sonner';
import { withTask } from '../../connection/apply-event.ts';
import { client } from '../../connection/client.ts';
import { overlay, useLive } from '../../connection/live-store.ts';
import { announce } from '../../ui/announcer.tsx';
import { sentence, toastRefusal } from '../../ui/refusal-toast.ts';
import { STATUS_WORD } from '../../ui/status-word.ts';
import { seenOf } from '../task/seen-of.ts';
import { useBoardUi } from './board-ui.ts';
import { canMove, hasNoWayBack, questionBefore, undoTarget } from './move-targets.ts';

/** The card as this person sees it now. */
export function shownCard(taskId: string): TaskCard | undefined {
  const { board, overlays } = useLive.getState();
  const card = board.cards.get(taskId);
  return card && { ...card, ...overlays.get(taskId) };
}

/** Moves a task to a column, after asking when the move stops an agent or needs a time. */
export function moveTask(taskId: string, to: TaskStatus): void {
  const card = shownCard(taskId);
  if (!card || card.status === to) return;
  if (!canMove(card.status, to)) {
    const reason = refusedMove(card.status, to);
    toast.error(`${taskId} stays in ${STATUS_WORD[card.status]}`, { description: reason });
    announce(reason);
    return;
  }
  const kind = questionBefore(card.status, to);
  if (kind) useBoardUi.setState({ question: { saw: card, to, kind } });
  else void carryOut(card, { status: to });
}

/** Why the table refuses a move, in words. */
export function refusedMove(from: TaskStatus, to: TaskStatus): string {
  if (to === 'running')
    return 'Quarterdeck starts runs itself: a task in Ready starts as soon as its agent is free.';
  return `A task in ${STATUS_WORD[from]} cannot go straight to ${STATUS_WORD[to]}.`;
}

/**
 * Moves at once, shows it before the server answers, takes it back with the reason when it is refused: also when the task is no longer
 * where this person saw it.
 */
export async function carryOut(
  saw: TaskCard,
  patch: Partial<TaskPatch> & { status: TaskStatus },
): Promise<void> {
  const { id: taskId, status: from } = saw;
  const settle = overlay(taskId, { status: patch.status });
  announce(`${taskId} moved to ${STATUS_WORD[patch.status]}.`);
  const body = { ...patch, seen: seenOf(saw, patch) };
  const reply = await client.call('task.update', { params: { taskId }, body });
  if (reply.ok) takeReply(reply.value.task);
  settle();
  if (reply.ok) offerUndo(reply.value.task, from);
  else {
    const stays = `${taskId} stays in ${STATUS_WORD[shownCard(taskId)?.status ?? from]}`;
    announce(`${stays}. ${sentence(reply.refusal.message)}`);
    toastRefusal(stays, reply.refusal);
  }
}

/** Puts a reply's task on the board unless a newer version of it has arrived on the stream meanwhile. */
export function takeReply(task: TaskCard): void {
  useLive.setState(({ board, ownActions }) => {
    const known = board.cards.get(task.id);
    const isNewer = !known || task.updatedAt >= known.updatedAt;
    return isNewer ? { board: withTask(board, task, task.updatedAt), ownActions: ownActions + 1 } : {};
  });
}

/** What is taken back is the move as it was made: a task that somebody moved on since stays where it is. */
function offerUndo(moved: TaskCard, from: TaskStatus): void {
  const { id: taskId, status: to } = moved;
  const back = undoTarget(from, to);
  const text = `${taskId} moved to ${STATUS_WORD[to]}`;
  if (!back) {
    toast(text);
    return;
  }
  const undo = () =>
    hasNoWayBack(from, to)
      ? useBoardUi.setState({ question: { saw: moved, to: back, kind: 'no-way-back' } })
      : void carryOut(moved, { status: back });
  const label = hasNoWayBack(from, to) ? 'Reopen…' : back === from ? 'Undo' : `Put in ${STATUS_WORD[back]}`;
  toast(text, {
    id: `move-${taskId}`,
    action: { label, onClick: undo },
  });
}
