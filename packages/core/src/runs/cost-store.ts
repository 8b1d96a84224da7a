import type { ProjectId, RunId, TaskId } from '@quarterdeck/contract/ids';

/** What a live run has cost so far; null while nobody knows. */
export interface LiveCost {
  readonly id: RunId;
  readonly taskId: TaskId;
  readonly projectId: ProjectId;
  readonly profile: string;
  readonly claimedAt: number;
  readonly costMicros: number | null;
}

/** Sums of what runs have cost. A run counts where it was claimed: in that day, in that month. */
export interface CostStore {
  live(): Promise<LiveCost[]>;
  /** What the ended runs of one project or profile have cost that were claimed at `since` or later. */
  spent(by: 'projectId' | 'profile', id: string, since: number): Promise<number>;
  /** What the ended runs of each of these tasks have cost; those that cost nothing are missing. */
  spentByTask(taskIds: readonly TaskId[]): Promise<Map<TaskId, number>>;
  /** The mean of the last `count` ended runs of each profile whose cost is known; unknown ones are missing. */
  means(profiles: readonly string[], count: number): Promise<Map<string, number>>;
}
