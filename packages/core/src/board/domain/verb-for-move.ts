import type { TaskStatus } from '@quarterdeck/contract/status';
import type { TaskVerb } from '@quarterdeck/contract/transitions';

const VERB_INTO: Readonly<Record<Exclude<TaskStatus, 'todo' | 'ready'>, TaskVerb>> = {
  triage: 'triage',
  scheduled: 'schedule',
  running: 'claim',
  review: 'requestReview',
  blocked: 'block',
  done: 'complete',
  archived: 'archive',
};

/** The verb behind a person's drag or status change: which one brings a task from the one column into the other. */
export function verbForMove(from: TaskStatus, to: TaskStatus): TaskVerb {
  if (to === 'ready') {
    if (from === 'running') return 'release';
    return from === 'blocked' ? 'unblock' : 'promote';
  }
  if (to === 'todo') {
    if (from === 'triage') return 'specify';
    return from === 'done' || from === 'archived' || from === 'blocked' ? 'reopen' : 'demote';
  }
  return VERB_INTO[to];
}
