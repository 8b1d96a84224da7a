import type { RunnerQuery, RunOrder, WorkspaceDiff } from '@quarterdeck/contract/runner-protocol';
import type { WorkspaceKind } from '@quarterdeck/contract/status';

/** Called for every line worth showing while a workspace is made; lines carry no line end. */
export type OnProgress = (line: string) => void;

export interface PrepareRequest {
  readonly order: RunOrder;
  /** Quarterdeck's home folder on this machine. */
  readonly home: string;
  /** Where the runner keeps its private git folders. */
  readonly trees: string;
  /** Stops a setup command that is under way, when the run was stopped meanwhile. */
  readonly signal?: AbortSignal;
}

export interface PreparedWorkspace {
  readonly path: string;
  /** Our own branch; null unless the workspace is a worktree of ours. */
  readonly branch: string | null;
  /** The commit the work starts from; null outside git. */
  readonly base: string | null;
  /** What the agent should be told, such as a parent's branch that could not be merged. */
  readonly notes: readonly string[];
  /** Which of them people should read too. */
  readonly warnings?: readonly string[];
  /** Whether it was there from an earlier attempt. */
  readonly isReused: boolean;
}

/** A value, or a text for a person that says what happened and what to do next. */
export type Attempt<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: string };

export interface KeepRequest {
  readonly path: string;
  readonly branch: string | null;
  readonly kind: WorkspaceKind;
  readonly runId: string;
  readonly taskId: string;
  readonly title: string;
  readonly agentName: string;
  readonly projectPath: string;
  readonly baseBranch: string | null;
  /** The commit the task's changes count from; null when an earlier version of the program began it. */
  readonly base: string | null;
  readonly trees: string;
}

/** Why work could not be kept, and the command that helps. */
export interface Unkept {
  readonly failure: string;
  readonly remedy: string | null;
}

type DiffQuestion = Extract<RunnerQuery, { kind: 'diff' }>;
export type DiffQuery = Omit<
  DiffQuestion,
  'kind' | 'runId' | 'isOwn' | 'taskId' | 'projectId' | 'workspaceKind'
> &
  Partial<Pick<DiffQuestion, 'isOwn'>> & { readonly trees: string };
export type DiffAnswer = Attempt<WorkspaceDiff>;

export interface RemoveRequest {
  readonly path: string;
  readonly kind: WorkspaceKind;
  readonly projectPath: string;
  readonly trees: string;
}

export function attained<T>(value: T): Attempt<T> {
  return { ok: true, value };
}

export function failed(failure: string): { readonly ok: false; readonly failure: string } {
  return { ok: false, failure };
}
