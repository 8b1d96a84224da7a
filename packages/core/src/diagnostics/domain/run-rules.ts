import { reasonText, spanText } from './span-text.ts';
import type { Rule, TaskFacts } from './task-facts.ts';
import { CLAIM_GRACE_MS, FAILURES_LEFT_AT_WARNING, LONG_TOOL_MS, SILENT_RUN_MS } from './thresholds.ts';

/** Running, yet no live run holds it. Should never happen: whatever ends a run moves its task in the same transaction. */
export const ghostRunning: Rule = ({ task, run, now }) => {
  if (task.status !== 'running') return null;
  if (run === null) {
    const message = `It is shown as running since ${spanText(now - task.updatedAt)} ago, but no live run holds it.`;
    return { severity: 'critical', message, since: task.updatedAt, remedies: ['retry', 'archive'] };
  }
  const overdue = now - (task.claimExpiresAt ?? task.updatedAt);
  if (overdue < CLAIM_GRACE_MS) return null;
  const message = `The claim of ${run.profile} ended ${spanText(overdue)} ago, and nothing has taken the task back.`;
  return {
    severity: 'critical',
    message,
    since: now - overdue,
    runId: run.id,
    remedies: ['stop_run', 'retry'],
  };
};

/** The agent lives and says nothing, and waits for nobody. Heartbeats are its host's, and go on when the agent hangs. */
export const silentRun: Rule = ({ run, pendingSince, now }) => {
  if (run?.status !== 'working' || pendingSince !== null) return null;
  const since = Math.max(run.activeAt ?? 0, run.startedAt ?? run.claimedAt);
  const tool = run.progress?.tools[0];
  if (now - since < (tool === undefined ? SILENT_RUN_MS : LONG_TOOL_MS)) return null;
  const found = { severity: 'warning', since, runId: run.id } as const;
  const nothing = `${run.profile} has done and said nothing for ${spanText(now - since)}`;
  if (tool !== undefined) {
    const message = `${nothing}; it runs “${reasonText(tool.title)}” for ${spanText(now - tool.since)}. If that hangs, interrupt it.`;
    return { ...found, message, remedies: ['interrupt', 'stop_run', 'retry'] };
  }
  // Nobody has asked it for anything since its turn ended.
  if (run.progress !== null && run.progress.turnSince === null) {
    const message = `${nothing}: its turn is over, and it waits to be told what to do. Say something to it, or stop it.`;
    return { ...found, message, remedies: ['stop_run', 'retry'] };
  }
  const message = `${nothing}, and it waits for no answer: its model probably does not answer.`;
  return { ...found, message, remedies: ['interrupt', 'stop_run', 'retry'] };
};

/** It failed several times in a row, or the breaker has already stopped it. */
export const repeatedFailures: Rule = (facts) => {
  const { task, lastRun, now } = facts;
  const since = lastRun?.endedAt ?? task.updatedAt;
  const runId = lastRun?.id ?? null;
  const last = reasonText(task.lastFailure);
  if (task.status === 'blocked' && task.blockKind === 'failures') {
    const times = task.failureCount > 1 ? ` after ${task.failureCount} failures in a row` : '';
    const message = `It was given up${times} ${spanText(now - since)} ago. Last: ${last}`;
    return { severity: 'error', message, since, runId, remedies: ['retry', 'reassign', 'archive'] };
  }
  if (task.failureCount < facts.failureLimit - FAILURES_LEFT_AT_WARNING || !isOpen(facts)) return null;
  const message = `It failed ${task.failureCount} times in a row, last ${spanText(now - since)} ago; one more failure and it is given up. Last: ${last}`;
  const remedies = task.status === 'running' ? (['stop_run'] as const) : (['reassign', 'archive'] as const);
  return { severity: 'warning', message, since, runId, remedies: [...remedies] };
};

const isOpen = ({ task }: TaskFacts): boolean =>
  ['todo', 'ready', 'running', 'scheduled'].includes(task.status);
