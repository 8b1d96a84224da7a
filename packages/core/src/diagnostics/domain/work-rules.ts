import { reasonText, spanText } from './span-text.ts';
import type { Rule } from './task-facts.ts';

/** What the last attempt did is not in its branch as a whole, so that nobody who builds on it has it. */
export const workUnkept: Rule = ({ task, lastRun, run, now }) => {
  if (!lastRun?.unkept || run !== null || task.status === 'done' || task.status === 'archived') return null;
  const since = lastRun.endedAt ?? task.updatedAt;
  const { failure, leftOut } = lastRun.unkept;
  const what = failure ?? `left out: ${leftOut.map(({ path }) => path).join(', ')}`;
  const message = `The work of attempt ${lastRun.attempt} was not kept as a whole ${spanText(now - since)} ago: ${reasonText(what)}`;
  const severity = task.blockKind === 'unkept' ? 'error' : 'warning';
  return { severity, message, since, runId: lastRun.id, remedies: ['keep_again', 'open_changes', 'archive'] };
};

/** Commits of an agent stand in the base branch though nobody let them in. */
export const pastReview: Rule = ({ task, lastRun, now }) => {
  if (!lastRun?.pastReview || task.landing?.status === 'landed' || task.status === 'archived') return null;
  const since = lastRun.endedAt ?? task.updatedAt;
  const message = `${lastRun.pastReview} That was seen ${spanText(now - since)} ago; look at the base branch before anything builds on it.`;
  return { severity: 'critical', message, since, runId: lastRun.id, remedies: ['open_changes', 'archive'] };
};
