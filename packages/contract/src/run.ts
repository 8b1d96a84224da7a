import { z } from 'zod';
import { Millis, ProjectId, RunId, RunnerId, SessionId, TaskId } from './ids.ts';
import { RunOutcome, RunPurpose, RunStatus } from './status.ts';
import { Usage } from './usage.ts';

export const DiffStat = z.object({
  files: z.number().int(),
  added: z.number().int(),
  removed: z.number().int(),
});
export type DiffStat = z.infer<typeof DiffStat>;

/** A file or folder that could not be committed, and why. */
export const LeftOut = z.object({ path: z.string(), why: z.string() });
export type LeftOut = z.infer<typeof LeftOut>;

/** Work that is in no commit: nobody who builds on the branch has it, but the workspace still does. */
export const Unkept = z.object({
  /** Why nothing, or not all, could be committed; null when only the paths named were left out. */
  failure: z.string().nullable(),
  leftOut: z.array(LeftOut),
  /** The command that helps a person mend it. */
  remedy: z.string().nullable(),
  /** Its runner has not said yet what became of the work; what it says when it comes back still counts. */
  isUnheard: z.boolean().default(false),
});
export type Unkept = z.infer<typeof Unkept>;

/** What an agent is in the middle of, which explains why nothing is heard of it. */
export const RunProgress = z.object({
  /** When its turn began; null when it waits to be told what to do. */
  turnSince: Millis.nullable(),
  /** Tool calls that run, the oldest first. */
  tools: z.array(z.object({ itemId: z.string(), title: z.string(), since: Millis })),
});
export type RunProgress = z.infer<typeof RunProgress>;

/** One attempt at a task by one agent. */
export const Run = z.object({
  id: RunId,
  taskId: TaskId,
  projectId: ProjectId,
  sessionId: SessionId,
  /** 1 for the first attempt at the task. */
  attempt: z.number().int(),
  profile: z.string(),
  purpose: RunPurpose.default('work'),
  runnerId: RunnerId,
  status: RunStatus,
  outcome: RunOutcome.nullable(),
  /** What the agent says it did. */
  summary: z.string().nullable(),
  /** What went wrong, for a person. */
  error: z.string().nullable(),
  workspacePath: z.string().nullable(),
  branch: z.string().nullable(),
  /** The commit its task's changes count from. With `headCommit` it is what a review shows and a landing takes. */
  baseCommit: z.string().nullable().default(null),
  /** The commit that holds the task's work as it was kept last; null before that, and without git. */
  headCommit: z.string().nullable().default(null),
  diffStat: DiffStat.nullable(),
  /** What could not be committed when it ended; null when everything was. */
  unkept: Unkept.nullable().default(null),
  /** What a person should know of the repository after it, one sentence each. */
  notes: z.array(z.string()).default([]),
  /** How its commits got into the base branch without a landing, one sentence; null when they did not. */
  pastReview: z.string().nullable().default(null),
  /** What its workspace took on disk when it ended, bytes. */
  diskBytes: z.number().int().nullable().default(null),
  usage: Usage,
  /** The last thing the agent did, one line. */
  activity: z.string().nullable(),
  progress: RunProgress.nullable().default(null),
  claimedAt: Millis,
  startedAt: Millis.nullable(),
  endedAt: Millis.nullable(),
  heartbeatAt: Millis.nullable(),
  /** When the agent last did or said anything. */
  activeAt: Millis.nullable().default(null),
  leaseExpiresAt: Millis,
});
export type Run = z.infer<typeof Run>;

/** What a card needs to know of the live run. */
export const RunGlance = Run.pick({
  id: true,
  sessionId: true,
  attempt: true,
  profile: true,
  purpose: true,
  status: true,
  activity: true,
  claimedAt: true,
  startedAt: true,
  activeAt: true,
}).extend({
  turnSince: Millis.nullable().default(null),
  /** The tool call that has been running longest. */
  tool: z.object({ title: z.string(), since: Millis }).nullable().default(null),
  tokens: z.number().int().nullable(),
  costMicros: z.number().int().nullable(),
  costSource: z.enum(['reported', 'estimated']).nullable(),
});
export type RunGlance = z.infer<typeof RunGlance>;

/** The glance at a run, taken from the whole. */
export function glanceAt(run: Run): RunGlance {
  const { inputTokens, outputTokens, contextUsed, costMicros, costSource } = run.usage;
  const spent = (inputTokens ?? 0) + (outputTokens ?? 0);
  const tool = run.progress?.tools[0];
  return {
    id: run.id,
    sessionId: run.sessionId,
    attempt: run.attempt,
    profile: run.profile,
    purpose: run.purpose,
    status: run.status,
    activity: run.activity,
    claimedAt: run.claimedAt,
    startedAt: run.startedAt,
    activeAt: run.activeAt,
    turnSince: run.progress?.turnSince ?? null,
    tool: tool === undefined ? null : { title: tool.title, since: tool.since },
    tokens: spent > 0 ? spent : contextUsed,
    costMicros,
    costSource,
  };
}

/** What a card shows of the last run when none is live. */
export const LastRun = Run.pick({
  id: true,
  attempt: true,
  profile: true,
  purpose: true,
  outcome: true,
  diffStat: true,
  endedAt: true,
}).extend({
  tokens: z.number().int().nullable(),
  costMicros: z.number().int().nullable(),
  costSource: z.enum(['reported', 'estimated']).nullable(),
});
export type LastRun = z.infer<typeof LastRun>;

/** What an ended run left, taken from the whole. */
export function lastOf(run: Run): LastRun {
  const { id, attempt, profile, purpose, tokens, costMicros, costSource } = { ...run, ...glanceAt(run) };
  const { outcome, diffStat, endedAt } = run;
  return { id, attempt, profile, purpose, outcome, diffStat, endedAt, tokens, costMicros, costSource };
}
