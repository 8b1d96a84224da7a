import type { CommandId, ProjectId, RunId, RunnerId, SessionId, TaskId } from '@quarterdeck/contract/ids';
import type { FailureHint } from '@quarterdeck/contract/journal';
import type { Run } from '@quarterdeck/contract/run';
import type { RunCommand } from '@quarterdeck/contract/runner-protocol';
import type { RunOutcome } from '@quarterdeck/contract/status';
import type { Task } from '@quarterdeck/contract/task';
import type { Clock, Database, Ids } from '../events/index.ts';

/** A run with what only the server knows of it. */
export interface RunRecord extends Run {
  /** What the agent reported before its process ended; becomes the outcome when the run settles. */
  readonly reportedOutcome:
    | 'completed'
    | 'review_requested'
    | 'blocked'
    | 'approved'
    | 'changes_requested'
    | 'stopped'
    | null;
  readonly reportedKind: string | null;
  /** The agent's own name of its session, when a later run can go on with it. */
  readonly agentSessionId: string | null;
  /** Last journal line taken in. */
  readonly journalSeq: number;
  /** Times the agent was asked to report after it stopped without doing so. */
  readonly nudges: number;
  /** What the host recognised when the agent failed, or why the server stopped it. */
  readonly failureHint: FailureHint | 'start_timed_out' | 'stale' | 'over_budget' | null;
  /** When a provider's limit ends, if it said so. */
  readonly limitResetAt: number | null;
  /** When the server acts if the run has not moved on: start, run time or closing deadline. */
  readonly deadlineAt: number | null;
}

export interface LiveCounts {
  readonly byProfile: ReadonlyMap<string, number>;
  readonly byProject: ReadonlyMap<string, number>;
  readonly byRunner: ReadonlyMap<string, number>;
}

/** Where runs are kept. A run is live until its status is `ended`. */
export interface RunStore {
  insertMany(runs: readonly RunRecord[]): Promise<void>;
  find(runId: RunId): Promise<RunRecord | null>;
  /** Those of these runs that there are, in any order. */
  findMany(runIds: readonly RunId[]): Promise<RunRecord[]>;
  save(run: RunRecord): Promise<void>;
  /** Saves what changes while runs live; a run that ends is saved by itself. */
  saveLive(runs: readonly RunRecord[]): Promise<void>;
  /** All attempts at a task, first to last. */
  ofTask(taskId: TaskId): Promise<RunRecord[]>;
  /** All attempts at many tasks together, first attempts first. */
  ofTasks(taskIds: readonly TaskId[]): Promise<RunRecord[]>;
  /** The last attempt at each of these tasks that has ended, those that reviewed left out. */
  lastEnded(taskIds: readonly TaskId[]): Promise<RunRecord[]>;
  /** The last attempt at a task that ended, of those that left work in no commit or commits that nobody reviewed. */
  flawed(): Promise<RunRecord[]>;
  /** Attempts made so far of each task asked for. */
  attemptsOf(taskIds: readonly TaskId[]): Promise<Map<string, number>>;
  live(): Promise<RunRecord[]>;
  liveOfRunner(runnerId: RunnerId): Promise<RunRecord[]>;
  countLive(): Promise<LiveCounts>;
  /** Live runs that review. */
  countLiveReviews(): Promise<number>;
  /** Extends the lease of the runner's live runs named, to `leaseExpiresAt`. */
  extendLeases(
    runnerId: RunnerId,
    runIds: readonly RunId[],
    lease: { at: number; expiresAt: number },
  ): Promise<void>;
  /** Runs of a profile that ended so at `since` or later. */
  failedSince(
    profile: string,
    ended: { readonly outcomes: readonly RunOutcome[]; readonly since: number },
  ): Promise<Pick<RunRecord, 'id' | 'taskId' | 'outcome' | 'error'>[]>;
  /** Live runs whose deadline or lease is due at `now`. */
  due(now: number): Promise<RunRecord[]>;
  /** Profiles whose provider's limit is used up, and until when: the latest that their runs said since somebody lifted it. */
  pauses(now: number): Promise<Map<string, number>>;
  /** Profiles whose runs were handed in at `since` or later, and when the last one was: their sign-in works. */
  provenSince(since: number): Promise<Map<string, number>>;
  /** The earliest deadline or lease end of a live run. */
  nextDueAt(): Promise<number | null>;
}

export interface QueuedCommand {
  readonly commandId: CommandId;
  readonly runId: RunId;
  readonly runnerId: RunnerId;
  readonly command: RunCommand;
}

/** Commands on their way to runners: written with the change that causes them, delivered after the commit, kept until carried out. */
export interface CommandOutbox {
  enqueue(commands: readonly QueuedCommand[], at: number): Promise<void>;
  pendingFor(runnerId: RunnerId): Promise<QueuedCommand[]>;
  markDone(commandId: CommandId): Promise<void>;
  /** Drops what was still on its way to a run that is over. */
  dropForRun(runId: RunId): Promise<void>;
}

export interface SessionRecord {
  readonly id: SessionId;
  readonly runId: RunId | null;
  readonly taskId: TaskId | null;
  readonly projectId: ProjectId | null;
  readonly profile: string;
  readonly title: string;
  readonly createdAt: number;
  readonly rev: number;
  readonly turn: 'idle' | 'working' | 'ended';
}

/** A folder made for a task on one runner, as its newest run there left it. */
export interface WorkspaceRecord {
  readonly run: Pick<
    RunRecord,
    'id' | 'taskId' | 'attempt' | 'runnerId' | 'branch' | 'diskBytes' | 'claimedAt' | 'endedAt'
  > & { readonly workspacePath: string };
  readonly task: Pick<
    Task,
    'id' | 'title' | 'status' | 'workspaceKind' | 'landing' | 'completedAt' | 'updatedAt'
  >;
  readonly projectId: ProjectId;
  readonly projectPath: string;
  /** A run of the task is live, on whatever runner. */
  readonly isInUse: boolean;
}

/** Workspaces that runs have left and nobody has taken away; folders of people are none of them. */
export interface WorkspaceStore {
  list(): Promise<WorkspaceRecord[]>;
  ofTask(taskId: TaskId): Promise<WorkspaceRecord[]>;
  /** The workspace this run and those before it had on its runner is gone. */
  forget(run: Pick<RunRecord, 'taskId' | 'runnerId' | 'attempt'>): Promise<void>;
}

/** What housekeeping works on inside one transaction. */
export interface WorkspacePorts {
  readonly tasks: { find(taskId: TaskId): Promise<Task | null> };
  readonly runs: RunStore;
  readonly commands: CommandOutbox;
  readonly workspaces: WorkspaceStore;
  readonly runners: { list(): Promise<{ readonly id: RunnerId; readonly name: string }[]> };
}

export interface WorkspaceDeps {
  readonly db: Database<WorkspacePorts>;
  readonly clock: Clock;
  readonly ids: Ids;
}
