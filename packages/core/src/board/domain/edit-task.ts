import { LABEL_LIMITS, mergeLabels } from '@quarterdeck/contract/label';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';
import { changedFields } from '@quarterdeck/contract/seen';
import type { Task, TaskPatch } from '@quarterdeck/contract/task';
import { FRESH_REVIEW } from './fresh-review.ts';

interface Edited {
  readonly task: Task;
  /** Names of the fields that really changed. */
  readonly fields: readonly (keyof Task)[];
}

/**
 * Applies everything in a patch but the status. Refuses an empty title, too many labels, and a new assignee while the task runs. The
 * reason why a task is blocked is only kept while it is; one that comes with a move belongs to the move.
 */
export function editTask(task: Task, patch: TaskPatch, now: number): Result<Edited> {
  const title = patch.title?.trim();
  if (title === '') return refuse('title_empty');
  const labels = editLabels(task.labels, patch);
  if (!labels.ok) return labels;
  const wanted: Partial<Task> = {
    ...given({ ...pick(patch), title }),
    ...emptied(patch),
    ...reasonOf(task, patch),
    labels: labels.value,
  };
  const fields = changedFields(task, wanted) as (keyof Task)[];
  if (fields.length === 0) return ok({ task, fields });
  const isReassigned = fields.includes('assignee');
  if (isReassigned && task.status === 'running') return refuse('assign_while_running', { taskId: task.id });
  const freshAgent = isReassigned ? FRESH_AGENT : {};
  const freshReview = fields.includes('reviewer') && task.status === 'review' ? FRESH_REVIEW : {};
  return ok({ task: { ...task, ...wanted, ...freshAgent, ...freshReview, updatedAt: now }, fields });
}

const FRESH_AGENT = { failureCount: 0, retryAt: null, lastFailure: null };

/** The labels after an edit; refused when they are more than a task may have. */
export function editLabels(labels: readonly string[], edit: TaskPatch): Result<string[]> {
  const { addLabels: add = [], removeLabels: remove = [] } = edit;
  const merged = mergeLabels(edit.labels ?? labels, { add, remove });
  if (merged.length > LABEL_LIMITS.count && merged.length > labels.length)
    return refuse('too_many_labels', { count: merged.length, limit: LABEL_LIMITS.count });
  return ok(merged);
}

function pick(patch: TaskPatch) {
  const { assignee, body, priority, result, scheduledAt, reviewer, budgetMicros, model, effort } = patch;
  return { assignee, body, priority, result, scheduledAt, reviewer, budgetMicros, model, effort };
}

function reasonOf(task: Task, { status, blockReason }: TaskPatch): Partial<Task> {
  const isOfTask = task.status === 'blocked' && (status === undefined || status === null);
  return isOfTask && typeof blockReason === 'string' ? { blockReason: blockReason.trim() || null } : {};
}

/** Only what was said: absent and null mean "leave it". */
function given<T extends object>(fields: T): { [K in keyof T]?: NonNullable<T[K]> } {
  const said = Object.entries(fields).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(said) as { [K in keyof T]?: NonNullable<T[K]> };
}

/** Nobody, no model and no budget are said with an empty string and 0. */
function emptied({ assignee, reviewer, budgetMicros, model, effort }: TaskPatch): Partial<Task> {
  return {
    ...(assignee === '' && { assignee: null }),
    ...(reviewer === '' && { reviewer: null }),
    ...(budgetMicros === 0 && { budgetMicros: null }),
    ...(model === '' && { model: null }),
    ...(effort === '' && { effort: null }),
  };
}
