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
import { flawsOf, flawsUnheard } from '../domain/flaws-of.ts';
import { notesText, unkeptText } from '../domain/unkept-text.ts';
import type { DispatchDeps, DispatchTransaction } from '../ports.ts';
import { handIn } from './hand-in.ts';
import { judgeRun } from './judge-run.ts';
import { recordKept } from './record-kept.ts';
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
    const { report } = input;
    const now = deps.clock.now();
    if (run.status !== 'ended') return endRun(ports, { run, ...decideOutcome(run, report), report, now });
    // Its lease had ended before: what it says of the work is still the only word on it.
    if (run.unkept?.isUnheard)
      await recordKept(ports, { run, kept: report, actor: ACTOR, byPerson: false, now });
    return ok(run);
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
  const isWork = run.purpose === 'work';
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
    // Those of a review are the ones it was given.
    baseCommit: (isWork ? report?.base : null) ?? run.baseCommit,
    headCommit: (isWork ? report?.commit : null) ?? run.headCommit,
    diffStat: report?.diffStat ?? run.diffStat,
    diskBytes: report?.diskBytes ?? run.diskBytes,
    ...(report ? flawsOf(run, report) : flawsUnheard(run)),
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
  await moveOn(ports, { task, run: ended, foundAt: report?.commit ?? null, now });
  await sayWhatIsLeft(ports, { run: ended, report, now });
  return ok(ended);
}

/** Work that is in no commit, and what else a run left behind, must be read, and stays to be read when the task goes on. */
async function sayWhatIsLeft(
  ports: DispatchTransaction,
  { run, report, now }: Pick<EndRun, 'run' | 'report' | 'now'>,
): Promise<void> {
  const ofReview = run.purpose === 'review' ? report?.keepFailure : null;
  for (const body of [unkeptText(run), ofReview, notesText(run)])
    if (body) await commentOnTaskIn(ports, { taskId: run.taskId, author: ACTOR, body, now });
}

interface MoveOn {
  readonly task: Task;
  readonly run: RunRecord;
  /** The commit its workspace was at, as its runner says. */
  readonly foundAt: string | null;
  readonly now: number;
}

async function moveOn(
  ports: DispatchTransaction,
  { task: stored, run, foundAt, now }: MoveOn,
): Promise<void> {
  const branch = run.branch ?? stored.branch;
  const task: Task = { ...stored, branch };
  if (stored.branch !== branch) await ports.tasks.save(task);
  if (task.currentRunId !== run.id || run.outcome === null) return;
  if (run.purpose === 'review') return moveAfterReview(ports, { task, run, foundAt, now });
  const move = { task, actor: ACTOR, byPerson: false, now } as const;
  const fresh = { failureCount: 0, lastFailure: null, retryAt: null };
  switch (run.outcome) {
    case 'completed':
    case 'review_requested':
      return handIn(ports, { ...move, run });
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
  { task, run, now }: Omit<MoveOn, 'foundAt'>,
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
