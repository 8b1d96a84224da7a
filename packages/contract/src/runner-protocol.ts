import { z } from 'zod';
import { Memory } from './fleet.ts';
import { AttachmentId, CommandId, Millis, ProjectId, RunId, RunnerId, SessionId, TaskId } from './ids.ts';
import { JournalLine } from './journal.ts';
import { LandingStrategy } from './landing.ts';
import { DetectedAgent } from './profile.ts';
import { DiffStat, LeftOut } from './run.ts';
import { TextDelta } from './session.ts';
import { RunPurpose, WorkspaceKind } from './status.ts';
import { Usage } from './usage.ts';

/** All a runner needs to start an agent on a task. */
export const RunOrder = z.object({
  runId: RunId,
  taskId: TaskId,
  sessionId: SessionId,
  title: z.string(),
  profile: z.string(),
  purpose: RunPurpose.default('work'),
  /** What it has to work with; null for what the profile says. An agent that refuses it does not start. */
  model: z.string().nullable().default(null),
  effort: z.string().nullable().default(null),
  prompt: z.string(),
  /** An earlier session of the same agent to go on with. When it cannot be opened, a fresh one gets `prompt` instead. */
  resume: z
    .object({
      agentSessionId: z.string(),
      prompt: z.string(),
      /** What the session has cost before, which agents that count a whole session report again. */
      spent: Usage,
    })
    .nullable()
    .default(null),
  /** The run's identity and fencing token. */
  token: z.string(),
  project: z.object({
    id: ProjectId,
    path: z.string(),
    kind: z.enum(['git', 'folder']),
    /** Where in the repository at `path` the agent starts; null for its top. */
    subfolder: z.string().nullable().default(null),
    baseBranch: z.string().nullable(),
    setupCommand: z.string().nullable(),
  }),
  workspace: z.object({
    kind: WorkspaceKind,
    /** Given for `dir`; for the others the runner chooses, or finds the one of an earlier attempt. */
    path: z.string().nullable(),
    branch: z.string().nullable(),
    /** The commit the task's changes count from, as an earlier attempt on this runner said; null for the first. */
    base: z.string().nullable().default(null),
    /** Of a review: the commit that is reviewed, whatever the branch says. */
    head: z.string().nullable().default(null),
    /** Branches of finished parents, whose work this task builds on; their last commits when it works in a copy. */
    startFrom: z.array(z.string()),
  }),
  /** Files of the task: the runner lays them into `.quarterdeck/attachments` of the workspace before the agent starts. */
  attachments: z
    .array(z.object({ id: AttachmentId, name: z.string(), size: z.number().int(), sha256: z.string() }))
    .default([]),
  maxRuntimeMs: z.number().int(),
});
export type RunOrder = z.infer<typeof RunOrder>;

/** What the server asks of one run. Each is delivered at least once and carried out once. */
export const RunCommand = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('start'), order: RunOrder }),
  z.object({ kind: z.literal('prompt'), text: z.string(), author: z.string() }),
  z.object({
    kind: z.literal('answer'),
    requestId: z.string(),
    /** `choose` is neither: the option has no kind that says so. */
    decision: z.enum(['allow', 'deny', 'choose']),
    /** The option a person picked; null leaves the choice to the host, by the decision. */
    option: z.string().nullish(),
    by: z.string(),
  }),
  z.object({ kind: z.literal('interrupt') }),
  /** The agent has reported: let the turn end within `graceMs`, then close it and keep its work. */
  z.object({ kind: z.literal('finish'), graceMs: z.number().int() }),
  z.object({ kind: z.literal('stop'), because: z.string() }),
  /** Nobody needs the workspace of this ended run any more: take it away, unless work would be lost. */
  z.object({
    kind: z.literal('clean'),
    workspace: z.object({ path: z.string(), kind: WorkspaceKind }),
    projectId: ProjectId.nullable().default(null),
    projectPath: z.string(),
  }),
]);
export type RunCommand = z.infer<typeof RunCommand>;

/** What became of the work that lay in a workspace. */
export const KeptWork = z.object({
  /** The commit that holds the work; null when the workspace is not a git worktree of ours. */
  commit: z.string().nullable(),
  /** The commit its changes count from. */
  base: z.string().nullable().default(null),
  diffStat: DiffStat.nullable(),
  /** Why the work could not be committed; it is still in the workspace then. */
  keepFailure: z.string().nullable().default(null),
  /** The command with which a person mends what kept it from being committed. */
  keepRemedy: z.string().nullable().default(null),
  /** What is in no commit though the rest is. */
  leftOut: z.array(LeftOut).default([]),
  /** What else a person should know, one sentence each: changes of the shared git folder, a base branch that was moved. */
  notes: z.array(z.string()).default([]),
  /** One sentence when commits of this run stand in the base branch though nobody landed them. */
  pastReview: z.string().nullable().default(null),
});
export type KeptWork = z.infer<typeof KeptWork>;

/** Of a run that left no work. */
export const NOTHING_KEPT: KeptWork = {
  commit: null,
  base: null,
  diffStat: null,
  keepFailure: null,
  keepRemedy: null,
  leftOut: [],
  notes: [],
  pastReview: null,
};

/** What is left when a run is over: how it ended and what became of its workspace. */
export const RunReport = KeptWork.extend({
  /** Why it never started or how the host died; null when the journal tells. */
  failure: z
    .object({
      kind: z.enum(['workspace_failed', 'start_failed', 'host_died', 'timed_out']),
      message: z.string(),
    })
    .nullable(),
  workspacePath: z.string().nullable(),
  branch: z.string().nullable(),
  /** What the workspace takes on disk, bytes. */
  diskBytes: z.number().int().nullable().default(null),
});
export type RunReport = z.infer<typeof RunReport>;

export const RunnerQuery = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('log'),
    runId: RunId,
    tailBytes: z.number().int().positive(),
  }),
  /** While the run is live its folder against `base`; afterwards the commits from where it left the base branch to `head`. */
  z.object({
    kind: z.literal('diff'),
    runId: RunId,
    taskId: TaskId.nullable().default(null),
    projectId: ProjectId.nullable().default(null),
    workspaceKind: WorkspaceKind.default('worktree'),
    workspacePath: z.string().nullable(),
    branch: z.string().nullable(),
    projectPath: z.string(),
    baseBranch: z.string().nullable(),
    base: z.string().nullable().default(null),
    head: z.string().nullable().default(null),
    isLive: z.boolean().default(false),
    /** Only the task's own changes, from `base`, without those of parents it builds on. */
    isOwn: z.boolean().default(false),
  }),
  /** Commits again what an ended run left in its workspace. Asked twice it answers the same. */
  z.object({
    kind: z.literal('keep'),
    runId: RunId,
    taskId: TaskId,
    title: z.string(),
    profile: z.string(),
    projectId: ProjectId,
    projectPath: z.string(),
    baseBranch: z.string().nullable(),
    workspace: z.object({ path: z.string(), kind: WorkspaceKind }),
    branch: z.string().nullable(),
    base: z.string().nullable(),
  }),
  /** Takes a workspace away; refuses with the reason while work in it would be lost. */
  z.object({
    kind: z.literal('remove'),
    runId: RunId,
    workspace: z.object({ path: z.string(), kind: WorkspaceKind }),
    projectId: ProjectId.nullable().default(null),
    projectPath: z.string(),
  }),
  /** Brings a task's branch into the base branch. Asked twice it answers twice that it has landed. */
  z.object({
    kind: z.literal('land'),
    runId: RunId,
    taskId: TaskId,
    title: z.string(),
    projectId: ProjectId,
    projectPath: z.string(),
    baseBranch: z.string().nullable(),
    workspaceKind: WorkspaceKind.default('worktree'),
    workspacePath: z.string().nullable(),
    /** Empty for work in a copy, which has none. */
    branch: z.string(),
    /** The commit the changes shown counted from; another one now is refused. Null: nobody looked, the runner works it out. */
    base: z.string().nullable().default(null),
    /** The commit the task's own work starts from, which lies after `base` when it builds on work of parents that has not landed. */
    startedFrom: z.string().nullable().default(null),
    /** The commit the branch must be at; null takes it as it is. */
    head: z.string().nullable(),
    strategy: LandingStrategy,
    /** Text of the commit that a merge or squash makes; null for one from the title. */
    message: z.string().nullable(),
  }),
]);
export type RunnerQuery = z.infer<typeof RunnerQuery>;

export const LogTail = z.object({
  path: z.string(),
  exists: z.boolean(),
  sizeBytes: z.number().int(),
  content: z.string(),
  truncated: z.boolean(),
});
export type LogTail = z.infer<typeof LogTail>;

/** The changes of a task from `base` to `head`, as a unified diff; `isCut` when it was longer than 4 MiB. */
export const WorkspaceDiff = z.object({
  base: z.string().nullable(),
  head: z.string().nullable(),
  branch: z.string().nullable(),
  patch: z.string(),
  isCut: z.boolean(),
  stat: DiffStat,
  hasUncommitted: z.boolean(),
  /** What is in no commit, so that it would not land. */
  leftOut: z.array(LeftOut).default([]),
  /** Where the task's own changes start, when it builds on work of parents that has not landed: landing brings that too. */
  startedFrom: z.string().nullable().default(null),
});
export type WorkspaceDiff = z.infer<typeof WorkspaceDiff>;

/** Frames from a runner to the server, over one WebSocket at `/api/runner`. */
export const FromRunner = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('hello'),
    name: z.string().min(1).max(120),
    version: z.string(),
    capacity: z.number().int().min(1).max(10_000),
    agents: z.array(DetectedAgent),
    /** Runs whose host lives or whose report was not yet acknowledged. */
    runs: z.array(RunId),
  }),
  z.object({ type: z.literal('agents'), agents: z.array(DetectedAgent) }),
  z.object({ type: z.literal('beat'), runs: z.array(RunId), memory: Memory.nullable().default(null) }),
  /** Tasks that homes of agents are kept for here: which of them have come to rest? */
  z.object({ type: z.literal('homes'), tasks: z.array(TaskId).max(10_000) }),
  z.object({
    type: z.literal('starting'),
    runId: RunId,
    workspacePath: z.string(),
    branch: z.string().nullable(),
    /** The commit its changes count from. */
    base: z.string().nullable().default(null),
  }),
  z.object({
    type: z.literal('lines'),
    runId: RunId,
    lines: z.array(JournalLine),
  }),
  z.object({ type: z.literal('delta'), runId: RunId, delta: TextDelta }),
  z.object({ type: z.literal('report'), runId: RunId, report: RunReport }),
  z.object({
    type: z.literal('done'),
    commandId: CommandId,
    /** Of `clean`: why the workspace was kept; null when it is gone. */
    kept: z.string().nullish(),
  }),
  z.object({
    type: z.literal('reply'),
    queryId: z.string(),
    value: z.unknown().optional(),
    error: z
      .object({
        code: z.enum(['workspace_gone', 'workspace_kept', 'internal']),
        message: z.string(),
      })
      .optional(),
  }),
]);
export type FromRunner = z.infer<typeof FromRunner>;

/** Frames from the server to a runner. */
export const ToRunner = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('welcome'),
    runnerId: RunnerId,
    heartbeatMs: z.number().int(),
    /** A host that has not heard from the server for this long stops its agent: only then may the task be given to another. */
    leaseMs: z.number().int(),
    /** Last journal line the server has of each live run of this runner. */
    runs: z.array(z.object({ runId: RunId, journalSeq: z.number().int() })),
  }),
  z.object({
    type: z.literal('command'),
    commandId: CommandId,
    runId: RunId,
    command: RunCommand,
  }),
  z.object({
    type: z.literal('ack'),
    runId: RunId,
    journalSeq: z.number().int(),
  }),
  /** The run is settled; the runner may forget it. */
  z.object({ type: z.literal('forget'), runId: RunId }),
  z.object({ type: z.literal('beat'), at: Millis }),
  /** Of the tasks that were asked about, those whose homes may go. */
  z.object({ type: z.literal('homes'), resting: z.array(TaskId) }),
  z.object({
    type: z.literal('query'),
    queryId: z.string(),
    query: RunnerQuery,
  }),
]);
export type ToRunner = z.infer<typeof ToRunner>;
