import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';
import type { Task, TaskPatch } from '@quarterdeck/contract/task';

interface Edit {
  readonly task: Task;
  /** Names of the fields that really changed. */
  readonly fields: readonly (keyof Task)[];
}

/** Applies everything in a patch but the status. Refuses an empty title, and a new assignee while the task runs. */
export function editTask(task: Task, patch: TaskPatch, now: number): Result<Edit> {
  const title = patch.title?.trim();
  if (title === '') return refuse('title_empty');
  const wanted: Partial<Task> = given({ ...pick(patch), title });
  if (patch.assignee === '') wanted.assignee = null;
  const fields = (Object.keys(wanted) as (keyof Task)[]).filter((field) => wanted[field] !== task[field]);
  if (fields.length === 0) return ok({ task, fields });
  const isReassigned = fields.includes('assignee');
  if (isReassigned && task.status === 'running') return refuse('assign_while_running', { taskId: task.id });
  const freshAgent = isReassigned ? { failureCount: 0, retryAt: null, lastFailure: null } : {};
  return ok({ task: { ...task, ...wanted, ...freshAgent, updatedAt: now }, fields });
}

function pick({ assignee, body, priority, result, scheduledAt }: TaskPatch) {
  return { assignee, body, priority, result, scheduledAt };
}

/** Only what was said: absent and null mean "leave it". */
function given<T extends object>(fields: T): { [K in keyof T]?: NonNullable<T[K]> } {
  const said = Object.entries(fields).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(said) as { [K in keyof T]?: NonNullable<T[K]> };
}
