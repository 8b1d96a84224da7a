import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { uploadAttachment } from '@quarterdeck/client/files';
import { ATTACHMENT_LIMIT, type Attachment } from '@quarterdeck/contract/attachment';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';
import { type Context, print } from '../../command/context.ts';
import { defineCommand } from '../../command/define-command.ts';
import { findTaskId } from '../../lookup/find-task.ts';
import { attachmentLines } from '../../output/attachment-text.ts';
import { oneLine } from '../../output/plain-text.ts';
import { passThroughProgress } from '../../output/progress-line.ts';

export const taskAttach = defineCommand({
  summary: 'Attach files to a task, for people and agents to read',
  detail: 'At most 25 MiB each. The same content under the same name is attached once.',
  arguments: {
    task: { about: 'id, or its beginning' },
    files: { about: 'paths of files', takesMany: true },
  },
  examples: ['quarterdeck task attach t_77aa screenshot.png plan.pdf'],
  async run(context, { args }) {
    const taskId = await findTaskId(context.client, args.task);
    if (!taskId.ok) return taskId;
    // All are looked at before the first is sent.
    const found = await Promise.all(args.files.map(findFile));
    const missing = found.find((file) => !file.ok);
    if (missing && !missing.ok) return missing;
    const attachments: Attachment[] = [];
    for (const file of found.flatMap((it) => (it.ok ? [it.value] : []))) {
      const attached = await attach(context, taskId.value, file);
      if (!attached.ok) return attached;
      attachments.push(attached.value);
    }
    return print(context, { attachments }, () => attachmentLines(context, attachments));
  },
});

interface LocalFile {
  readonly path: string;
  readonly size: number;
}

async function findFile(path: string): Promise<Result<LocalFile>> {
  const found = await stat(path).catch(() => null);
  if (!found) return refuse('invalid_input', { reason: `there is no file ${path}` });
  if (!found.isFile()) return refuse('invalid_input', { reason: `${path} is not a file` });
  if (found.size > ATTACHMENT_LIMIT) return refuse('body_too_large', { limit: '25 MiB', path });
  return ok({ path, size: found.size });
}

function attach(
  { place, terminal }: Context,
  taskId: string,
  { path, size }: LocalFile,
): Promise<Result<Attachment>> {
  const name = basename(path);
  const open = () =>
    (Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array>).pipeThrough(
      passThroughProgress(terminal.stderr, { name: oneLine(name), totalBytes: size }),
    );
  const options = { baseUrl: place.url, token: place.token, fetch: terminal.fetch };
  return uploadAttachment(options, { taskId, name, open });
}
