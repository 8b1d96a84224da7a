import type { ProjectId, RunId, RunnerId, SessionId, TaskId } from '@quarterdeck/contract/ids';
import { NO_USAGE } from '@quarterdeck/contract/usage';
import type { RunRecord, SessionRecord } from '@quarterdeck/core/runs';
import { TEST_START } from '../store/test-clock.ts';

type Named<T, K extends keyof T> = Partial<Omit<T, K>> & { readonly [P in K]?: string };

/** A working run of `alpha` on the runner `m_test`, with its lease and without a deadline. */
export function makeRun(fields: Named<RunRecord, 'id' | 'taskId' | 'runnerId'> = {}): RunRecord {
  const { id = 'r_0000', taskId = 't_0000', runnerId = 'm_test', ...rest } = fields;
  return {
    id: id as RunId,
    taskId: taskId as TaskId,
    runnerId: runnerId as RunnerId,
    projectId: 'p_general' as ProjectId,
    sessionId: `s_${id.slice(2)}` as SessionId,
    attempt: 1,
    profile: 'alpha',
    purpose: 'work',
    status: 'working',
    outcome: null,
    summary: null,
    error: null,
    workspacePath: '/srv/space',
    branch: null,
    baseCommit: null,
    headCommit: null,
    diffStat: null,
    unkept: null,
    notes: [],
    pastReview: null,
    diskBytes: null,
    usage: NO_USAGE,
    activity: null,
    progress: null,
    claimedAt: TEST_START,
    startedAt: TEST_START,
    endedAt: null,
    heartbeatAt: null,
    activeAt: null,
    leaseExpiresAt: TEST_START + 900_000,
    reportedOutcome: null,
    reportedKind: null,
    agentSessionId: null,
    journalSeq: 0,
    nudges: 0,
    failureHint: null,
    limitResetAt: null,
    deadlineAt: null,
    ...rest,
  };
}

/** The conversation of a run, still empty. */
export function makeSession(fields: Partial<SessionRecord> = {}): SessionRecord {
  return {
    id: 's_0000' as SessionId,
    runId: 'r_0000' as RunId,
    taskId: 't_0000' as TaskId,
    projectId: 'p_general' as ProjectId,
    profile: 'alpha',
    title: 'Task t_0000',
    createdAt: TEST_START,
    rev: 0,
    turn: 'idle',
    ...fields,
  };
}
