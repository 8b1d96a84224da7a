import { ATTACHMENT_LIMIT, type Attachment } from '@quarterdeck/contract/attachment';
import type { Principal } from '@quarterdeck/contract/identity';
import type { AttachmentId, TaskId } from '@quarterdeck/contract/ids';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';
import type { UploadBody } from '@quarterdeck/contract/routes/route';
import type { Task } from '@quarterdeck/contract/task';
import { cleanName, freeName, isNamedAfter } from '../domain/attachment-name.ts';
import { mediaTypeOf } from '../domain/media-type.ts';
import type { AttachmentFiles, BoardDeps, BoardPorts } from '../ports.ts';
import { checkAttacher } from './check-attacher.ts';

/** Most attachments on one task. */
export const MOST_ATTACHMENTS = 100;

export interface AttachmentDeps extends BoardDeps {
  readonly files: AttachmentFiles;
}

interface AddAttachment {
  readonly taskId: string;
  /** As the sender calls it. */
  readonly name: string;
  readonly content: UploadBody;
  readonly principal: Principal;
}

/**
 * Attaches a file to a task. Its bytes are on disk before the row is written, so a crash leaves a file without a row, which the next
 * start takes away, and never a row without a file. The same content under the same name is attached once.
 */
export async function addAttachment(deps: AttachmentDeps, input: AddAttachment): Promise<Result<Attachment>> {
  const asked = await deps.db.read((ports) => findAttachable(ports, input));
  if (!asked.ok) return asked;
  const id = deps.ids.next('f') as AttachmentId;
  const received = await deps.files.receive(id, input.content);
  if (!received.ok) return received;
  const saved = await deps.db.write((ports) =>
    saveAttachment(ports, { ...input, ...received.value, id, now: deps.clock.now() }),
  );
  if (!saved.ok || saved.value.id !== id) await deps.files.remove(id);
  return saved;
}

type Received = AddAttachment & {
  readonly id: AttachmentId;
  readonly size: number;
  readonly sha256: string;
  readonly now: number;
};

async function saveAttachment(ports: BoardPorts, file: Received): Promise<Result<Attachment>> {
  const { id, size, sha256, now } = file;
  const found = await findAttachable(ports, file);
  if (!found.ok) return found;
  const { task, by } = found.value;
  const others = await ports.attachments.ofTasks([task.id]);
  const wanted = cleanName(file.name);
  const same = others.find((it) => it.sha256 === sha256 && isNamedAfter(it.name, wanted));
  if (same) return ok(same);
  if (others.length >= MOST_ATTACHMENTS) return tooMany(task);
  const names = others.map((it) => it.name);
  const name = freeName(wanted, names);
  const attachment: Attachment = {
    id,
    taskId: task.id,
    name,
    mediaType: mediaTypeOf(name),
    size,
    sha256,
    createdBy: by.name,
    runId: by.runId,
    createdAt: now,
  };
  await ports.attachments.insert(attachment);
  const about = { actor: by.name, taskId: task.id, projectId: task.projectId, runId: by.runId };
  await ports.events.append([{ ...about, kind: 'task.attached', payload: { attachment } }], now);
  return ok(attachment);
}

/** The task, if it is there and the sender may attach to it. Its row is locked inside a change, so that two senders take turns. */
async function findAttachable(ports: BoardPorts, { taskId, principal }: AddAttachment) {
  const task = await ports.tasks.find(taskId as TaskId);
  if (task === null) return refuse('task_not_found', { taskId });
  const attacher = await checkAttacher(ports, { task, principal });
  return attacher.ok ? ok({ task, by: attacher.value }) : attacher;
}

function tooMany({ id: taskId }: Task) {
  return refuse('attachments_full', { taskId, limit: MOST_ATTACHMENTS });
}

/** What is larger is refused with this. */
export function tooLarge() {
  return refuse('body_too_large', { limit: `${ATTACHMENT_LIMIT / 1024 / 1024} MiB` });
}
