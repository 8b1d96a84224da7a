import type { EventDraft } from '@quarterdeck/contract/event';
import type { ReviewVerdict } from '@quarterdeck/contract/review';
import type { RunOutcome } from '@quarterdeck/contract/status';
import type { Task } from '@quarterdeck/contract/task';
import { FRESH_REVIEW, moveTask } from '../../board/index.ts';
import type { RunRecord } from '../../runs/index.ts';
import type { DispatchTransaction } from '../ports.ts';
import { judgeRun } from './judge-run.ts';

const ACTOR = 'dispatcher';

interface AfterReview {
  /** Still owned by the run. */
  readonly task: Task;
  readonly run: RunRecord;
  /** The commit that lay before the reviewer, as its runner says; null when it does not. */
  readonly foundAt: string | null;
  readonly now: number;
}

/**
 * Moves a task on when the run that reviewed it has ended. An approval and a failed review leave it in review: only a person lands
 * work, and work that is finished is never blocked by what happened to its reviewer.
 */
export async function moveAfterReview(ports: DispatchTransaction, after: AfterReview): Promise<void> {
  const { run } = after;
  switch (run.outcome) {
    case 'approved': {
      const other = otherThanHandedIn(after);
      return other === null ? noteVerdict(ports, after, 'approved') : waitForPerson(ports, after, other);
    }
    case 'changes_requested':
      return noteVerdict(ports, after, 'changes_requested');
    case 'blocked':
      return waitForPerson(ports, after, `${run.profile} could not review it: ${run.summary ?? ''}`);
    case 'stopped':
      return waitForPerson(ports, after, `its review by ${run.profile} was stopped: ${run.error ?? ''}`);
    case null:
      return;
    default:
      return afterFailure(ports, after, run.outcome);
  }
}

/** An approval holds for the commit that was handed in, and for no other. */
function otherThanHandedIn({ run: { profile, headCommit }, foundAt }: AfterReview): string | null {
  if (headCommit === null || foundAt === null || headCommit === foundAt) return null;
  return `${profile} approved commit ${foundAt.slice(0, 10)}, but ${headCommit.slice(0, 10)} was handed in. Look at the changes and decide yourself, or ask for another review`;
}

async function noteVerdict(
  ports: DispatchTransaction,
  { task, run, now }: AfterReview,
  decision: ReviewVerdict['decision'],
): Promise<void> {
  const { id: runId, profile: by, headCommit: head } = run;
  const verdict: ReviewVerdict = { decision, by, summary: run.summary ?? '', head, runId, at: now };
  const move = { task, actor: ACTOR, byPerson: false, changes: { ...FRESH_REVIEW, verdict }, now } as const;
  const remarks = { summary: verdict.summary, comments: [] };
  const moved =
    decision === 'approved'
      ? await moveTask(ports, { ...move, verb: 'requestReview' })
      : await orWait(ports, move, await moveTask(ports, { ...move, verb: 'requestChanges', remarks }));
  if (!moved.ok) return;
  const { id: taskId, projectId } = task;
  const payload = { task: moved.value, verdict };
  const event: EventDraft = { kind: 'task.reviewed', actor: by, taskId, projectId, runId, payload };
  await ports.events.append([event], now);
}

/** A parent was opened again meanwhile: the task waits for it before it goes on with what was asked for. */
function orWait(
  ports: DispatchTransaction,
  move: Omit<Parameters<typeof moveTask>[1], 'verb'>,
  moved: Awaited<ReturnType<typeof moveTask>>,
) {
  const because = 'changes are asked for, and it waits for a parent again';
  return moved.ok ? moved : moveTask(ports, { ...move, verb: 'demote', because });
}

async function waitForPerson(
  ports: DispatchTransaction,
  { task, run, now }: AfterReview,
  why: string,
  failureCount = task.failureCount,
): Promise<void> {
  const lastFailure = run.outcome === 'stopped' ? task.lastFailure : run.error;
  const changes = { isHeld: true, blockReason: why, lastFailure, failureCount, retryAt: null };
  await moveTask(ports, { task, verb: 'requestReview', actor: ACTOR, byPerson: false, changes, now });
}

async function afterFailure(
  ports: DispatchTransaction,
  after: AfterReview,
  outcome: RunOutcome,
): Promise<void> {
  const { task, run, now } = after;
  const verdict = await judgeRun(ports, { task, run, outcome, now });
  const { failureCount } = verdict;
  const why = run.error ?? outcome;
  if (verdict.next === 'give_up')
    return waitForPerson(ports, after, `its review by ${run.profile} failed: ${why}`, failureCount);
  const changes = { failureCount, lastFailure: why, retryAt: verdict.retryAt };
  await moveTask(ports, { task, verb: 'requestReview', actor: ACTOR, byPerson: false, changes, now });
}
