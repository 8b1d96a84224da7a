import type { StreamFrame } from '@quarterdeck/contract/stream';
import type { TaskCard } from '@quarterdeck/contract/task';
import { applyEvent } from './apply-event.ts';
import type { BoardState } from './board-state.ts';

/** The board after a frame of the stream. Frames that say nothing about the board leave the same object. */
export function applyFrame(state: BoardState, frame: StreamFrame): BoardState {
  if (frame.type === 'event') return applyEvent(state, frame.event);
  if (frame.type === 'activity')
    return changeCard(state, frame.taskId, (card) => withActivity(card, frame.run));
  if (frame.type === 'waiting')
    return changeCard(state, frame.taskId, (card) => ({ ...card, waiting: frame.waiting }));
  return state;
}

/** A glance at a run that the task has left since is late and changes nothing. */
function withActivity(card: TaskCard, run: NonNullable<TaskCard['run']>): TaskCard {
  return card.currentRunId === run.id || card.run?.id === run.id ? { ...card, run } : card;
}

function changeCard(state: BoardState, id: string, change: (card: TaskCard) => TaskCard): BoardState {
  const card = state.cards.get(id);
  if (!card) return state;
  const changed = change(card);
  return changed === card ? state : { ...state, cards: new Map(state.cards).set(id, changed) };
}
