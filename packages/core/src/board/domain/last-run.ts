import type { Run } from '@quarterdeck/contract/run';
import type { Task } from '@quarterdeck/contract/task';

/** Whether the card of a task tells what its last run left: when a person has to decide what becomes of it. */
export function tellsOfLastRun({ status }: Pick<Task, 'status'>): boolean {
  return status === 'review' || status === 'blocked';
}

/** The last run of these that ended with work, not with a review of it; null when the card does not tell of it. */
export function lastRunShown<R extends Run>(task: Task, runs: readonly R[]): R | null {
  if (!tellsOfLastRun(task)) return null;
  const ended = runs.filter((run) => run.status === 'ended' && run.purpose === 'work');
  return ended.toSorted((one, other) => other.attempt - one.attempt)[0] ?? null;
}
