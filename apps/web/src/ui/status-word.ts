import type { RunOutcome, TaskStatus } from '@quarterdeck/contract/status';

/** A status as a heading: the same word everywhere. */
export const STATUS_WORD: Readonly<Record<TaskStatus, string>> = {
  triage: 'Triage',
  todo: 'Todo',
  scheduled: 'Scheduled',
  ready: 'Ready',
  running: 'Running',
  review: 'Review',
  blocked: 'Blocked',
  done: 'Done',
  archived: 'Archived',
};

/** What lives in a column, for one that is empty. */
export const STATUS_MEANING: Readonly<Record<TaskStatus, string>> = {
  triage: 'Ideas that nobody has thought through yet.',
  todo: 'Tasks that wait for others, or that you hold back.',
  scheduled: 'Tasks that wait for a time.',
  ready: 'Tasks an agent takes as soon as it has a free slot.',
  running: 'Tasks an agent works on now.',
  review: 'Finished work that waits for your decision.',
  blocked: 'Tasks that cannot go on without you.',
  done: 'Finished tasks.',
  archived: 'Tasks nobody needs to see any more.',
};

export const OUTCOME_WORD: Readonly<Record<RunOutcome, string>> = {
  completed: 'Completed',
  review_requested: 'Asked for review',
  blocked: 'Blocked',
  stopped: 'Stopped',
  crashed: 'Crashed',
  start_failed: 'Could not start',
  start_timed_out: 'Did not start in time',
  timed_out: 'Ran out of time',
  no_report: 'Ended without a report',
  rate_limited: 'Rate limit reached',
  quota_used_up: 'Usage limit used up',
  sign_in_needed: 'Needs sign-in',
  model_refused: 'Model cannot be used',
  provider_error: 'Provider failed',
  context_full: 'Conversation too long',
  content_refused: 'Content refused',
  workspace_failed: 'No workspace',
  stale: 'Fell silent',
  over_budget: 'Reached its budget',
  lost: 'Lost contact',
  approved: 'Approved',
  changes_requested: 'Asked for changes',
};
