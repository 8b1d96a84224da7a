import type { TaskStatus } from './status.ts';

/** What moves a task. A person's drag to a column is one of these too; there is no direct write of a status. */
export const TASK_VERBS = [
  'promote',
  'demote',
  'claim',
  'release',
  'complete',
  'requestReview',
  'requestChanges',
  'block',
  'unblock',
  'schedule',
  'triage',
  'specify',
  'archive',
  'reopen',
] as const;
export type TaskVerb = (typeof TASK_VERBS)[number];

interface Transition {
  readonly from: readonly TaskStatus[];
  readonly to: TaskStatus;
  /** What brings a task there, for the generated diagram and the refusal text. */
  readonly meaning: string;
}

/**
 * The one transition table. A verb that leaves `running` also ends the claim and fences its run. Whatever leads to `ready` or
 * `running` has the guard that every parent is done or archived; it is checked by the decision, not by the table.
 */
export const TRANSITIONS: Readonly<Record<TaskVerb, Transition>> = {
  promote: {
    from: ['triage', 'todo', 'scheduled', 'review', 'done', 'archived'],
    to: 'ready',
    meaning: 'its parents are done and its time has come',
  },
  demote: {
    from: ['ready', 'scheduled', 'running', 'review'],
    to: 'todo',
    meaning: 'it waits for a parent again, or a person holds it',
  },
  claim: {
    from: ['ready', 'review'],
    to: 'running',
    meaning: 'the dispatcher gave it to an agent, to work on it or to review it',
  },
  release: {
    from: ['running'],
    to: 'ready',
    meaning: 'its run ended without a result',
  },
  complete: {
    from: ['running', 'ready', 'blocked', 'review', 'todo', 'scheduled', 'triage'],
    to: 'done',
    meaning: 'the work is done',
  },
  requestReview: {
    from: ['running', 'ready', 'blocked'],
    to: 'review',
    meaning: 'the work waits for a decision; a run that reviewed it came to an end',
  },
  requestChanges: {
    from: ['review', 'done', 'running'],
    to: 'ready',
    meaning: 'a reviewer asks for changes',
  },
  block: {
    from: ['running', 'ready', 'todo', 'scheduled', 'review', 'triage'],
    to: 'blocked',
    meaning: 'it needs a person',
  },
  unblock: {
    from: ['blocked'],
    to: 'ready',
    meaning: 'what blocked it is gone',
  },
  schedule: {
    from: ['triage', 'todo', 'ready', 'blocked'],
    to: 'scheduled',
    meaning: 'it waits for a time',
  },
  triage: {
    from: ['todo', 'scheduled', 'ready', 'running', 'blocked', 'review'],
    to: 'triage',
    meaning: 'it needs to be thought through',
  },
  specify: { from: ['triage'], to: 'todo', meaning: 'it is clear what to do' },
  archive: {
    from: ['triage', 'todo', 'scheduled', 'ready', 'running', 'review', 'blocked', 'done'],
    to: 'archived',
    meaning: 'nobody needs to see it any more',
  },
  reopen: {
    from: ['done', 'archived', 'review', 'blocked'],
    to: 'todo',
    meaning: 'it is not finished after all',
  },
};
