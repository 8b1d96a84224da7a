import { SATISFIED_STATUSES, type TaskStatus } from '@quarterdeck/contract/status';
import type { Task } from '@quarterdeck/contract/task';

/** The status a task is born with: triage wins, then a hold, then open parents, then a start time still to come. */
export function firstStatus(birth: {
  readonly parents: readonly Pick<Task, 'status'>[];
  readonly isTriage: boolean;
  readonly isHeld: boolean;
  readonly scheduledAt: number | null;
  readonly now: number;
}): TaskStatus {
  if (birth.isTriage) return 'triage';
  if (birth.isHeld) return 'todo';
  if (birth.parents.some((parent) => !SATISFIED_STATUSES.includes(parent.status))) return 'todo';
  return birth.scheduledAt !== null && birth.scheduledAt > birth.now ? 'scheduled' : 'ready';
}
