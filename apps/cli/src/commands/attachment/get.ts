import { createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { downloadAttachment } from '@quarterdeck/client/files';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';
import { print } from '../../command/context.ts';
import { defineCommand, shortText } from '../../command/define-command.ts';
import type { Writer } from '../../command/terminal.ts';
import { oneLine } from '../../output/plain-text.ts';
import { passThroughProgress } from '../../output/progress-line.ts';

export const attachmentGet = defineCommand({
  summary: 'Save a file of a task',
  detail:
    'Without -o it is saved under its own name in the current folder, and an existing file is not overwritten.',
  arguments: { attachment: { about: 'id of the attachment' } },
  options: { output: shortText('o', '<file>', 'where to save it; a folder, or - for standard output') },
  examples: ['quarterdeck attachment get f_1a2b3c4d', 'quarterdeck attachment get f_1a2b3c4d -o plan.pdf'],
  async run(context, { args, options }) {
    const { place, terminal } = context;
    const access = { baseUrl: place.url, token: place.token, fetch: terminal.fetch };
    const reply = await downloadAttachment(access, args.attachment);
    if (!reply.ok) return reply;
    const { headers, body } = reply.value;
    const name = nameIn(headers.get('content-disposition')) ?? args.attachment;
    const totalBytes = Number(headers.get('content-length')) || null;
    const content = (body ?? new Blob([]).stream()).pipeThrough(
      passThroughProgress(terminal.stderr, { name: oneLine(name), totalBytes }),
    );
    if (options.output === '-') return writeOut(terminal.stdout, content);
    const path = await placeFor(name, options.output);
    if (!path.ok) {
      await content.cancel();
      return path;
    }
    await save(content, path.value);
    return print(context, { attachmentId: args.attachment, path: path.value }, () => `Saved ${path.value}.`);
  },
});

/** A name that is given wins and may be there already; the attachment's own name must be free. */
async function placeFor(name: string, output: string | undefined): Promise<Result<string>> {
  const isFolder = output !== undefined && (await stat(output).catch(() => null))?.isDirectory();
  if (output !== undefined && !isFolder) return ok(output);
  const path = join(output ?? '.', basename(name));
  const isTaken = (await stat(path).catch(() => null)) !== null;
  return isTaken
    ? refuse('invalid_input', { reason: `${path} is there already; choose another name with -o` })
    : ok(path);
}

async function save(content: ReadableStream<Uint8Array>, path: string): Promise<void> {
  const part = `${path}.part`;
  try {
    await pipeline(Readable.fromWeb(content as never), createWriteStream(part));
    await rename(part, path);
  } finally {
    await rm(part, { force: true });
  }
}

async function writeOut(stdout: Writer, content: ReadableStream<Uint8Array>): Promise<number> {
  for await (const piece of content) stdout.write(piece);
  return 0;
}

/** The exact name in a Content-Disposition header. */
function nameIn(header: string | null): string | null {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(header ?? '')?.[1];
  return encoded === undefined ? null : decodeURIComponent(encoded);
}
