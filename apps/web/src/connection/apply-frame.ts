import type { StreamFrame } from '@quarterdeck/contract/stream';
import type { TaskCard } from '@quarterdeck/contract/task';
import { takeEvent } from './apply-event.ts';
import { type BoardDraft, changeBoard } from './board-draft.ts';
import type { BoardState } from './board-state.ts';

/** The board after some frames of the stream. Frames that say nothing about the board leave the same object. */
export function applyFrames(state: BoardState, frames: readonly StreamFrame[]): BoardState {
  return changeBoard(state, (draft) => {
    for (const frame of frames) takeFrame(draft, frame);
  });
}

function takeFrame(draft: BoardDraft, frame: StreamFrame): void {
  if (frame.type === 'event') takeEvent(draft, frame.event);
  if (frame.type === 'activity') changeCard(draft, frame.taskId, (card) => withActivity(card, frame.run));
  if (frame.type === 'waiting')
    changeCard(draft, frame.taskId, (card) => ({ ...card, waiting: frame.waiting }));
}

/** A glance at a run that the task has left since is late and changes nothing. */
function withActivity(card: TaskCard, run: NonNullable<TaskCard['run']>): TaskCard {
  return card.currentRunId === run.id || card.run?.id === run.id ? { ...card, run } : card;
}

function changeCard(draft: BoardDraft, id: string, change: (card: TaskCard) => TaskCard): void {
  const card = draft.now.cards.get(id);
  if (!card) return;
  const changed = change(card);
  if (changed !== card) draft.putCard(changed);
}
