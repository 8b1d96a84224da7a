import type { TaskPatch } from '@quarterdeck/contract/task';
import { client } from '../../connection/client.ts';
import { type Overlay, overlay } from '../../connection/live-store.ts';
import { toastRefusal } from '../../ui/refusal-toast.ts';
import { takeReply } from '../board/move-task.ts';

/** Changes fields of a task at once on the screen; takes them back with the reason when the server refuses. */
export async function editTask(taskId: string, patch: Omit<TaskPatch, 'status'>): Promise<boolean> {
  const settle = overlay(taskId, shownPart(patch));
  const reply = await client.call('task.update', { params: { taskId }, body: patch });
  if (reply.ok) takeReply(reply.value.task);
  else toastRefusal(`${taskId} was not changed`, reply.refusal);
  settle();
  return reply.ok;
}

function shownPart({
  assignee,
  reviewer,
  priority,
  title,
  body,
  labels,
}: Omit<TaskPatch, 'status'>): Overlay {
  return {
    ...(assignee !== undefined && { assignee: assignee === '' ? null : assignee }),
    ...(typeof reviewer === 'string' && { reviewer: reviewer || null }),
    ...(typeof priority === 'number' && { priority }),
    ...(typeof title === 'string' && { title }),
    ...(body !== undefined && { body }),
    ...(labels && { labels }),
  };
}
