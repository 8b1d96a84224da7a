import type { RunId } from '@quarterdeck/contract/ids';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';
import type { RunReport } from '@quarterdeck/contract/runner-protocol';
import { BlockKind, type RunOutcome } from '@quarterdeck/contract/status';
import type { Task } from '@quarterdeck/contract/task';
import { commentOnTaskIn, moveTask } from '../../board/index.ts';
import { publicRun, type RunRecord } from '../../runs/index.ts';
import { withdrawProposals } from '../../supervision/index.ts';
import { decideOutcome } from '../domain/decide-outcome.ts';
import { failureLimit, limitEnd } from '../domain/failure-classes.ts';
import { flawsOf } from '../domain/flaws-of.ts';
import { roundsUsedUp } from '../domain/review-rounds.ts';
import type { DispatchDeps, DispatchTransaction } from '../ports.ts';
import { judgeRun } from './judge-run.ts';
import { moveAfterReview } from './settle-review.ts';

const ACTOR = 'dispatcher';

/**
 * Ends a run whose agent is confirmed dead: writes its outcome, and moves its task on if the run still owns it. The report of a
 * run that has ended changes nothing.
 */
export async function settleRun(
  deps: DispatchDeps,
  input: { readonly runId: RunId; readonly report: RunReport },
): Promise<Result<RunRecord>> {
  return deps.db.write(async (transaction) => {
    const ports: DispatchTransaction = { ...transaction, ids: deps.ids };
    const run = await ports.runs.find(input.runId);
    if (run === null) return refuse('run_not_found', { runId: input.runId });
    if (run.status === 'ended') return ok(run);
    return endRun(ports, {
      run,
      ...decideOutcome(run, input.report),
      report: input.report,
      now: deps.clock.now(),
    });
  });
}

interface EndRun {
  readonly run: RunRecord;
  readonly outcome: RunOutcome;
  readonly error: string | null;
  readonly report: RunReport | null;
  readonly now: number;
}

/** Ends a run with this outcome inside the caller's transaction. The caller vouches that its agent is dead. */
export async function endRun(ports: DispatchTransaction, end: EndRun): Promise<Result<RunRecord>> {
  const { run, outcome, error, report, now } = end;
  const ended: RunRecord = {
    ...run,
    status: 'ended',
    outcome,
    error,
    endedAt: now,
    deadlineAt: null,
    limitResetAt: limitEnd(outcome, run.limitResetAt, now) ?? run.limitResetAt,
    workspacePath: report?.workspacePath ?? run.workspacePath,
    branch: report?.branch ?? run.branch,
    baseCommit: report?.base ?? run.baseCommit,
    headCommit: report?.commit ?? run.headCommit,
    diffStat: report?.diffStat ?? run.diffStat,
    diskBytes: report?.diskBytes ?? run.diskBytes,
    ...(report && run.purpose === 'work' ? flawsOf(report) : {}),
  };
  await ports.runs.save(ended);
  await ports.commands.dropForRun(run.id);
  const pending = await ports.proposals.pendingOfRun(run.id);
  await withdrawProposals(ports, pending, { because: 'the run has ended', actor: ACTOR, now });
  const { taskId, projectId, id: runId } = run;
  await ports.events.append(
    [
      {
        kind: 'run.ended',
        actor: ACTOR,
        taskId,
        projectId,
        runId,
        payload: { run: publicRun(ended), outcome, diffStat: ended.diffStat },
      },
    ],
    now,
  );
  const task = await ports.tasks.find(taskId);
  if (task === null) return ok(ended);
  await moveOn(ports, { task, run: ended, now });
  if (report?.keepFailure) await warnOfUnkeptWork(ports, { run: ended, why: report.keepFailure, now });
  return ok(ended);
}

/** Work that could not be committed is not lost, but nobody builds on it: that must be read. */
async function warnOfUnkeptWork(
  ports: DispatchTransaction,
  warning: { readonly run: RunRecord; readonly why: string; readonly now: number },
): Promise<void> {
  const { run, why, now } = warning;
  const unkept = `The work of attempt ${run.attempt} could not be committed: ${why} It is still in ${run.workspacePath}.`;
  const body = run.purpose === 'review' ? why : unkept;
  await commentOnTaskIn(ports, { taskId: run.taskId, author: ACTOR, body, now });
}

interface MoveOn {
  readonly task: Task;
  readonly run: RunRecord;
  readonly now: number;
}

async function moveOn(ports: DispatchTransaction, { task: stored, run, now }: MoveOn): Promise<void> {
  const branch = run.branch ?? stored.branch;
  const task: Task = { ...stored, branch };
  if (stored.branch !== branch) await ports.tasks.save(task);
  if (task.currentRunId !== run.id || run.outcome === null) return;
  if (run.purpose === 'review') return moveAfterReview(ports, { task, run, now });
  const move = { task, actor: ACTOR, byPerson: false, now } as const;
  const fresh = { failureCount: 0, lastFailure: null, retryAt: null };
  switch (run.outcome) {
    case 'completed':
    case 'review_requested': {
      // Who has a reviewer does not pass by without a review.
      const verb = run.outcome === 'completed' && task.reviewer === null ? 'complete' : 'requestReview';
      const stop = task.reviewer === null ? null : roundsUsedUp(await ports.runs.ofTask(task.id));
      const held = stop === null ? {} : { isHeld: true, blockReason: stop };
      await moveTask(ports, { ...move, verb, changes: { ...fresh, ...held, result: run.summary } });
      return;
    }
    case 'blocked': {
      const blockKind = BlockKind.catch('needs_input').parse(run.reportedKind);
      await moveTask(ports, {
        ...move,
        verb: 'block',
        changes: { ...fresh, blockReason: run.summary, blockKind },
      });
      return;
    }
    case 'over_budget':
      await moveTask(ports, {
        ...move,
        verb: 'block',
        changes: { ...fresh, blockReason: overBudget(run), blockKind: 'budget' },
      });
      return;
    case 'stopped':
      await moveTask(ports, {
        ...move,
        verb: 'demote',
        because: run.error ?? 'stopped',
        changes: { isHeld: true },
      });
      return;
    default:
      await moveAfterFailure(ports, { task, run, now }, run.outcome);
  }
}

function overBudget(run: RunRecord): string {
  return `Attempt ${run.attempt} was stopped because ${run.error ?? 'it cost too much'}. Its work is kept. Raise the budget and unblock the task to go on.`;
}

async function moveAfterFailure(
  ports: DispatchTransaction,
  { task, run, now }: MoveOn,
  outcome: RunOutcome,
): Promise<void> {
  const verdict = await judgeRun(ports, { task, run, now, outcome });
  const lastFailure = run.error ?? outcome;
  const move = { task, actor: ACTOR, byPerson: false, now } as const;
  const { failureCount } = verdict;
  if (verdict.next === 'retry') {
    const changes = { failureCount, lastFailure, retryAt: verdict.retryAt };
    const released = await moveTask(ports, { ...move, verb: 'release', because: lastFailure, changes });
    // A parent was opened again meanwhile: the task waits for it instead.
    if (!released.ok)
      await moveTask(ports, { ...move, verb: 'demote', because: 'waits for a parent again', changes });
    return;
  }
  const blocked = await moveTask(ports, {
    ...move,
    verb: 'block',
    changes: { failureCount, lastFailure, blockReason: lastFailure, blockKind: 'failures' },
  });
  if (!blocked.ok) return;
  await ports.events.append(
    [
      {
        kind: 'task.gave_up',
        actor: ACTOR,
        taskId: task.id,
        projectId: task.projectId,
        runId: run.id,
        payload: {
          task: blocked.value,
          failures: failureCount,
          limit: failureLimit(outcome),
          error: lastFailure,
        },
      },
    ],
    now,
  );
}
