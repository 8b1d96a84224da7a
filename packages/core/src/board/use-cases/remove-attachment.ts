import type { Principal } from '@quarterdeck/contract/identity';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';
import type { AttachmentDeps } from './add-attachment.ts';
import { checkAttacher } from './check-attacher.ts';

/**
 * Removes an attachment. The row goes first: a crash in between leaves a file without a row, which the next start takes away. A run may
 * only take back what it attached itself.
 */
export async function removeAttachment(
  deps: AttachmentDeps,
  input: { readonly attachmentId: string; readonly principal: Principal },
): Promise<Result<null>> {
  const { attachmentId, principal } = input;
  const removed = await deps.db.write(async (ports) => {
    const attachment = await ports.attachments.find(attachmentId);
    const task = attachment && (await ports.tasks.find(attachment.taskId));
    if (!attachment || !task) return refuse('attachment_not_found', { attachmentId });
    const remover = await checkAttacher(ports, { task, principal });
    if (!remover.ok) return remover;
    const { runId, name: actor } = remover.value;
    if (runId !== null && attachment.runId !== runId)
      return refuse('forbidden', { reason: 'a run may only remove what it attached itself' });
    if (!(await ports.attachments.remove(attachment.id)))
      return refuse('attachment_not_found', { attachmentId });
    const about = { actor, taskId: task.id, projectId: task.projectId, runId };
    const event = { ...about, kind: 'task.detached', payload: { attachment } } as const;
    await ports.events.append([event], deps.clock.now());
    return ok(attachment.id);
  });
  if (!removed.ok) return removed;
  await deps.files.remove(removed.value);
  return ok(null);
}
