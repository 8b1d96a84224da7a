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
  const assignee = patch.assignee === '' ? null : patch.assignee;
  const wanted: Partial<Task> = {
    ...(title !== undefined ? { title } : {}),
    ...(patch.body !== undefined && patch.body !== null ? { body: patch.body } : {}),
    ...(patch.priority !== undefined && patch.priority !== null ? { priority: patch.priority } : {}),
    ...(patch.result !== undefined && patch.result !== null ? { result: patch.result } : {}),
    ...(patch.scheduledAt !== undefined && patch.scheduledAt !== null
      ? { scheduledAt: patch.scheduledAt }
      : {}),
    ...(patch.assignee !== undefined && patch.assignee !== null ? { assignee } : {}),
  };
  const fields = (Object.keys(wanted) as (keyof Task)[]).filter((field) => wanted[field] !== task[field]);
  if (fields.length === 0) return ok({ task, fields });
  if (fields.includes('assignee') && task.status === 'running')
    return refuse('assign_while_running', { taskId: task.id });
  const freshAgent = fields.includes('assignee') ? { failureCount: 0, retryAt: null, lastFailure: null } : {};
  return ok({ task: { ...task, ...wanted, ...freshAgent, updatedAt: now }, fields });
}
