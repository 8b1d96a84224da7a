import type { TaskStatus } from '@quarterdeck/contract/status';
import { TASK_VERBS, TRANSITIONS } from '@quarterdeck/contract/transitions';

/** Verbs of the dispatcher and of a run's end; a person's move never means them. */
const NOT_BY_HAND = new Set(['claim', 'release']);

/** Whether the transition table lets a task go from one column to another. The server may still refuse for other reasons. */
export function canMove(from: TaskStatus, to: TaskStatus): boolean {
  return TASK_VERBS.some((verb) => {
    const transition = TRANSITIONS[verb];
    const isOfRun = NOT_BY_HAND.has(verb) || (verb === 'requestChanges' && from === 'running');
    return transition.to === to && transition.from.includes(from) && !isOfRun;
  });
}

/** What a move asks before it is made: it stops an agent, or needs a time. */
export function questionBefore(from: TaskStatus, to: TaskStatus): 'stop' | 'time' | null {
  if (from === 'running') return 'stop';
  return to === 'scheduled' ? 'time' : null;
}

/** Whether nothing leads back to where a task was: a decision about a review is not taken back, its work is sent back. */
export function hasNoWayBack(from: TaskStatus, to: TaskStatus): boolean {
  return from === 'review' && to === 'done';
}

/**
 * Where a move can be taken back to: the column it came from, or the nearest one the table allows. Null when neither
 * is open, as after stopping a run that cannot be un-stopped.
 */
export function undoTarget(from: TaskStatus, to: TaskStatus): TaskStatus | null {
  const nearest: readonly TaskStatus[] = from === 'running' ? ['ready'] : [from, 'todo', 'ready'];
  return nearest.find((status) => status !== to && status !== 'scheduled' && canMove(to, status)) ?? null;
}
