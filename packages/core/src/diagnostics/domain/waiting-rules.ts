import type { Diagnostic } from '@quarterdeck/contract/diagnostic';
import { SATISFIED_STATUSES } from '@quarterdeck/contract/status';
import type { Task } from '@quarterdeck/contract/task';
import { type WaitingReason, waitingText } from '@quarterdeck/contract/waiting';
import { reasonText, spanText } from './span-text.ts';
import type { Rule, TaskFacts } from './task-facts.ts';
import * as after from './thresholds.ts';

const QUEUE_CODES: ReadonlySet<WaitingReason['code']> = new Set([
  'profile_full',
  'project_full',
  'runner_full',
]);
const BUDGET_CODES: ReadonlySet<WaitingReason['code']> = new Set([
  'task_budget',
  'project_budget',
  'profile_budget',
]);

/** Ready and given to somebody, and nobody takes it. Queues for a free agent and spent budgets are judged apart. */
export const strandedInReady: Rule = ({ task, readySince, waiting, now }) => {
  if (task.status !== 'ready' || task.assignee === null) return null;
  if ((task.retryAt ?? 0) > now || (waiting && BUDGET_CODES.has(waiting.code))) return null;
  const since = Math.max(readySince ?? task.updatedAt, task.retryAt ?? 0);
  const waited = now - since;
  const isQueued = waiting !== null && QUEUE_CODES.has(waiting.code);
  if (waited < (isQueued ? after.QUEUED_MS : after.STRANDED_MS)) return null;
  const why = waiting === null ? 'nothing says why' : waitingText(waiting, now);
  const advice = waiting?.remedy ? ` ${waiting.remedy}` : '';
  const message = `It has been ready for ${spanText(waited)} and ${task.assignee} has not taken it: ${why}.${advice}`;
  return {
    severity: isQueued ? 'warning' : strandedSeverity(waited),
    message,
    since,
    remedies: ['reassign', 'archive'],
  };
};

function strandedSeverity(waited: number): Diagnostic['severity'] {
  if (waited >= after.STRANDED_CRITICAL_MS) return 'critical';
  return waited >= after.STRANDED_ERROR_MS ? 'error' : 'warning';
}

/** What is told by a rule of its own. */
const TOLD_APART: ReadonlySet<Task['blockKind']> = new Set(['failures', 'budget', 'unkept']);

/** Blocked, and nobody has commented on it, changed or moved it since. */
export const stuckInBlocked: Rule = (facts) => {
  const { task, now } = facts;
  if (task.status !== 'blocked' || TOLD_APART.has(task.blockKind)) return null;
  const since = touchedAt(facts);
  if (now - since < after.STUCK_IN_BLOCKED_MS) return null;
  const message = `It is blocked, and nobody has touched it for ${spanText(now - since)}: ${reasonText(task.blockReason)}`;
  return { severity: 'warning', message, since, remedies: ['unblock', 'reassign', 'archive'] };
};

/** Finished work that nobody looks at. */
export const stuckInReview: Rule = (facts) => {
  const { task, run, now } = facts;
  if (task.status !== 'review' || run !== null) return null;
  const since = touchedAt(facts);
  if (now - since < after.STUCK_IN_REVIEW_MS) return null;
  const who = task.reviewer === null ? 'nobody has' : `${task.reviewer} has not`;
  const message = `It has waited for a review for ${spanText(now - since)}; ${who} decided yet.`;
  return { severity: 'warning', message, since, remedies: ['open_changes', 'archive'] };
};

const touchedAt = ({ task, lastCommentAt }: TaskFacts): number =>
  Math.max(task.updatedAt, lastCommentAt ?? 0);

/** An agent stands still until a person answers. */
export const approvalWaiting: Rule = ({ pendingSince, run, now }) => {
  if (pendingSince === null || now - pendingSince < after.APPROVAL_WAITING_MS) return null;
  const waited = now - pendingSince;
  const message = `${run?.profile ?? 'Its agent'} has waited for an answer for ${spanText(waited)} and does nothing until then.`;
  const severity = waited >= after.APPROVAL_WAITING_ERROR_MS ? 'error' : 'warning';
  const remedies: Diagnostic['remedies'] = run === null ? ['open_approvals'] : ['open_approvals', 'stop_run'];
  return { severity, message, since: pendingSince, runId: run?.id ?? null, remedies };
};

/** Its work could not be brought into the base branch, and nothing has been done about it. */
export const landingStuck: Rule = ({ task, now }) => {
  const { landing } = task;
  if (landing === null || landing.status === 'landed') return null;
  if (task.status !== 'review' && task.status !== 'done') return null;
  if (now - landing.at < after.LANDING_STUCK_MS) return null;
  const why = landing.status === 'conflict' ? 'it conflicts with' : 'it was refused by';
  const message = `Its work could not be landed ${spanText(now - landing.at)} ago, ${why} ${landing.into || 'the base branch'}: ${reasonText(landing.message)}`;
  const remedies: Diagnostic['remedies'] =
    landing.status === 'conflict' ? ['request_changes', 'open_changes'] : ['open_changes'];
  return { severity: 'error', message, since: landing.at, runId: landing.runId, remedies };
};

/** In todo though nothing it waits for is left, or in a ring of tasks that wait for each other. */
export const waitsForArchived: Rule = ({ task, parents, ring, now }) => {
  if (task.status !== 'todo') return null;
  if (ring.length > 0) {
    const message = `It can never start: ${[...ring, ring[0]].join(' waits for ')}. Remove one of these links.`;
    return { severity: 'critical', message, since: task.updatedAt, remedies: ['archive'] };
  }
  const isFree = parents.length > 0 && parents.every(({ status }) => SATISFIED_STATUSES.includes(status));
  if (!isFree || (task.scheduledAt ?? 0) > now) return null;
  const since = Math.max(task.updatedAt, ...parents.map((parent) => parent.updatedAt));
  if (now - since < (task.isHeld ? after.HELD_MS : after.PROMOTION_GRACE_MS)) return null;
  const parked = task.isHeld ? 'a person holds it in Todo' : 'it was not moved on';
  const message = `All it waited for is done or archived since ${spanText(now - since)} ago, but ${parked}.`;
  return { severity: task.isHeld ? 'warning' : 'error', message, since, remedies: ['retry', 'archive'] };
};

/** Money has run out. */
export const budgetReached: Rule = ({ task, waiting, now }) => {
  const since = task.updatedAt;
  if (task.status === 'blocked' && task.blockKind === 'budget') {
    const message = `Its budget was used up ${spanText(now - since)} ago. ${reasonText(task.blockReason)}`;
    return { severity: 'error', message, since, remedies: ['raise_budget', 'unblock', 'archive'] };
  }
  if (task.status !== 'ready' || waiting === null || !BUDGET_CODES.has(waiting.code)) return null;
  const message = `It cannot start: ${waitingText(waiting, now)}.${waiting.remedy ? ` ${waiting.remedy}` : ''}`;
  return { severity: 'warning', message, since, remedies: ['raise_budget', 'archive'] };
};
