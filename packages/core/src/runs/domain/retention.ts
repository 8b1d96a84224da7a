import type { Task } from '@quarterdeck/contract/task';

const DAY_MS = 24 * 60 * 60_000;

/** Days a workspace stays after its task has come to rest; null keeps it for ever. */
export interface Retention {
  /** After the work came into the base branch. */
  readonly landedDays: number | null;
  /** After the task was done without that. */
  readonly doneDays: number | null;
  readonly archivedDays: number | null;
}

export const DEFAULT_RETENTION: Retention = { landedDays: 7, doneDays: 30, archivedDays: 0 };

type RestingTask = Pick<Task, 'status' | 'workspaceKind' | 'landing' | 'completedAt' | 'updatedAt'>;

/**
 * When the workspace of a task may be taken away by itself (ms), null when it is kept. Only done and archived tasks count, and a
 * person's own folder never does. Archiving says more than landing, and landing more than being done.
 */
export function removedAfter(task: RestingTask, retention: Retention): number | null {
  if (task.workspaceKind === 'dir') return null;
  if (task.status === 'archived') return after(task.updatedAt, retention.archivedDays);
  if (task.status !== 'done') return null;
  if (task.landing?.status === 'landed') return after(task.landing.at, retention.landedDays);
  return after(task.completedAt ?? task.updatedAt, retention.doneDays);
}

function after(since: number, days: number | null): number | null {
  return days === null ? null : since + days * DAY_MS;
}
