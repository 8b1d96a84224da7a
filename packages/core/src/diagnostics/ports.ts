import type { TaskId } from '@quarterdeck/contract/ids';
import type { Task } from '@quarterdeck/contract/task';
import type { WaitingReason } from '@quarterdeck/contract/waiting';
import type { LinkStore, TaskStore } from '../board/index.ts';
import type { Clock, Database } from '../events/index.ts';
import type { RunStore } from '../runs/index.ts';
import type { RuleFailed } from './domain/find-problems.ts';

/** Times (ms) that only diagnostics ask for; a task without one is not in the answer. */
export interface MomentStore {
  /** When each of these tasks last came to be ready or was given to somebody, from the log. */
  readySince(taskIds: readonly TaskId[]): Promise<Map<TaskId, number>>;
  /** When each of these tasks was last commented on. */
  lastCommentAt(taskIds: readonly TaskId[]): Promise<Map<TaskId, number>>;
  /** When the oldest approval that waits for a person was asked for, of every task that has one. */
  pendingSince(): Promise<Map<TaskId, number>>;
}

export interface DiagnosticPorts {
  readonly tasks: Pick<TaskStore, 'find' | 'findMany' | 'list'>;
  readonly links: Pick<LinkStore, 'linksTo'>;
  readonly runs: Pick<RunStore, 'live' | 'lastEnded' | 'flawed'>;
  readonly moments: MomentStore;
}

/** `ReadPorts` is what the database offers; the explainer may read more of it than the rules do. */
export interface DiagnosticDeps<ReadPorts extends DiagnosticPorts = DiagnosticPorts> {
  readonly db: Database<ReadPorts>;
  readonly clock: Clock;
  /** Gives the first reason why any of these tasks is not running. */
  readonly explainer: (
    ports: ReadPorts,
    tasks: readonly Task[],
  ) => Promise<(task: Task) => WaitingReason | null>;
  readonly onFailed: RuleFailed;
}
