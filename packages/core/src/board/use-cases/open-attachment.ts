import type { Principal } from '@quarterdeck/contract/identity';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';
import type { FileReply } from '@quarterdeck/contract/routes/route';
import { servedAs } from '../domain/media-type.ts';
import type { BoardPorts } from '../ports.ts';
import type { AttachmentDeps } from './add-attachment.ts';
import { checkReader } from './check-attacher.ts';

interface OpenAttachment {
  readonly attachmentId: string;
  readonly wantsInline: boolean;
  readonly principal: Principal;
}

/** An attachment to be sent. Refuses when its bytes are gone, as in a home that was restored without its files. */
export async function openAttachment(
  deps: Pick<AttachmentDeps, 'db' | 'files'>,
  input: OpenAttachment,
): Promise<Result<FileReply>> {
  const found = await deps.db.read((ports) => findReadable(ports, input));
  if (!found.ok) return found;
  const { id, name, size, sha256, mediaType } = found.value;
  const open = await deps.files.find(id);
  if (open === null) return refuse('attachment_not_found', { attachmentId: id });
  return ok({
    name,
    size,
    ...servedAs(mediaType, input.wantsInline),
    etag: `"${sha256.slice(0, 32)}"`,
    open,
  });
}

async function findReadable(ports: BoardPorts, { attachmentId, principal }: OpenAttachment) {
  const unknown = refuse('attachment_not_found', { attachmentId });
  const attachment = await ports.attachments.find(attachmentId);
  const task = attachment && (await ports.tasks.find(attachment.taskId));
  if (!attachment || !task) return unknown;
  const reader = await checkReader(ports, { task, principal });
  return reader.ok ? ok(attachment) : reader;
}
