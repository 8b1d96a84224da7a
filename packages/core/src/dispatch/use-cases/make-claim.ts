import type { RunId, SessionId } from '@quarterdeck/contract/ids';
import type { Task } from '@quarterdeck/contract/task';
import { NO_USAGE } from '@quarterdeck/contract/usage';
import { applyVerb } from '../../board/index.ts';
import type { Ids } from '../../events/index.ts';
import type { RunRecord, SessionRecord } from '../../runs/index.ts';
import type { Assignment } from '../domain/assign-runs.ts';
import { LEASE_MS, START_DEADLINE_MS } from '../domain/deadlines.ts';

/** A task as it stands when claimed, with the run and the conversation that the claim begins. */
export interface Claim {
  /** What it was made from: the task as it was before, the agent and its runner. */
  readonly assignment: Assignment;
  readonly task: Task;
  readonly run: RunRecord;
  readonly session: SessionRecord;
}

interface ClaimMoment {
  readonly ids: Ids;
  /** 1 for the first attempt at the task. */
  readonly attempt: number;
  /** The attempt before, which is what a review looks at. */
  readonly earlierWork: Pick<RunRecord, 'runnerId' | 'baseCommit' | 'headCommit'> | null;
  readonly now: number;
}

/** The claim an assignment becomes. Nothing is written yet. */
export function makeClaim(assignment: Assignment, moment: ClaimMoment): Claim {
  const { task, agent, runnerId } = assignment;
  const { ids, now } = moment;
  const runId = ids.next('r') as RunId;
  const sessionId = ids.next('s') as SessionId;
  const claimLock = `${runnerId}:${runId}`;
  const claimed = applyVerb(task, 'claim', {
    now,
    changes: { currentRunId: runId, claimLock, claimExpiresAt: now + LEASE_MS, retryAt: null },
  });
  if (!claimed.ok) throw new Error(`a task taken as ready could not be claimed: ${claimed.refusal.message}`);
  const session: SessionRecord = {
    id: sessionId,
    runId,
    taskId: task.id,
    projectId: task.projectId,
    profile: agent.profile,
    title: task.title,
    createdAt: now,
    rev: 0,
    turn: 'idle',
  };
  const run = firstRun(assignment, { ...moment, runId, sessionId });
  return { assignment, task: claimed.value, run, session };
}

function firstRun(
  assignment: Assignment,
  begin: ClaimMoment & { runId: RunId; sessionId: SessionId },
): RunRecord {
  const { task, agent, runnerId } = assignment;
  const { now } = begin;
  return {
    id: begin.runId,
    taskId: task.id,
    projectId: task.projectId,
    sessionId: begin.sessionId,
    attempt: begin.attempt,
    profile: agent.profile,
    purpose: assignment.purpose,
    runnerId,
    status: 'claimed',
    outcome: null,
    summary: null,
    error: null,
    workspacePath: null,
    branch: task.branch,
    ...spanOf(begin.earlierWork, runnerId),
    diffStat: null,
    unkept: null,
    notes: [],
    pastReview: null,
    diskBytes: null,
    usage: NO_USAGE,
    activity: null,
    progress: null,
    claimedAt: now,
    startedAt: null,
    endedAt: null,
    heartbeatAt: null,
    activeAt: null,
    leaseExpiresAt: now + LEASE_MS,
    reportedOutcome: null,
    reportedKind: null,
    agentSessionId: null,
    journalSeq: 0,
    nudges: 0,
    failureHint: null,
    limitResetAt: null,
    deadlineAt: now + START_DEADLINE_MS,
  };
}

/** What the task's branch holds already: it stays true when this run adds nothing. Another machine has another branch. */
function spanOf(earlier: ClaimMoment['earlierWork'], runnerId: RunRecord['runnerId']) {
  const here = earlier?.runnerId === runnerId ? earlier : null;
  return { baseCommit: here?.baseCommit ?? null, headCommit: here?.headCommit ?? null };
}
