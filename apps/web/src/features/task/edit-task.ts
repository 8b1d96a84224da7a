import { mergeLabels } from '@quarterdeck/contract/label';
import type { Result } from '@quarterdeck/contract/result';
import type { TaskCard, TaskPatch } from '@quarterdeck/contract/task';
import { client } from '../../connection/client.ts';
import { type Overlay, overlay } from '../../connection/live-store.ts';
import { toastRefusal } from '../../ui/refusal-toast.ts';
import { takeReply } from '../board/move-task.ts';
import { seenOf } from './seen-of.ts';

/** A change of a task's fields; moves are not made here. */
export type FieldPatch = Omit<TaskPatch, 'status' | 'seen'>;

/** Changes fields of a task at once on the screen; takes them back with the reason when the server refuses. */
export async function editTask(saw: TaskCard, patch: FieldPatch): Promise<boolean> {
  const reply = await sendEdit(saw, patch);
  if (!reply.ok) toastRefusal(`${saw.id} was not changed`, reply.refusal);
  return reply.ok;
}

/**
 * The same without a word about a refusal. `saw` is the task as this person saw it when they decided on the change: what somebody else
 * has changed since is not overwritten (`changed_meanwhile`).
 */
export async function sendEdit(saw: TaskCard, patch: FieldPatch): Promise<Result<TaskCard>> {
  const settle = overlay(saw.id, shownPart(saw, patch));
  const body = { ...patch, seen: seenOf(saw, patch) };
  const reply = await client.call('task.update', { params: { taskId: saw.id }, body });
  if (reply.ok) takeReply(reply.value.task);
  settle();
  return reply.ok ? { ok: true, value: reply.value.task } : reply;
}

function shownPart(saw: TaskCard, patch: FieldPatch): Overlay {
  const { assignee, reviewer, priority, title, body, model, effort, addLabels, removeLabels } = patch;
  return {
    ...(typeof assignee === 'string' && { assignee: assignee || null }),
    ...(typeof reviewer === 'string' && { reviewer: reviewer || null }),
    ...(typeof model === 'string' && { model: model || null }),
    ...(typeof effort === 'string' && { effort: effort || null }),
    ...(typeof priority === 'number' && { priority }),
    ...(typeof title === 'string' && { title }),
    ...(typeof body === 'string' && { body }),
    ...((addLabels || removeLabels) && {
      labels: mergeLabels(saw.labels, { add: addLabels ?? [], remove: removeLabels ?? [] }),
    }),
  };
}
