import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { open, realpath } from 'node:fs/promises';
import { basename, join, relative, resolve, sep } from 'node:path';
import { ATTACHMENT_LIMIT } from '@quarterdeck/contract/attachment';
import { forwardPatiently } from './forward.ts';

/** Where a file is attached, and in whose name. */
export interface AttachTarget {
  readonly serverUrl: string;
  readonly token: string;
  readonly taskId: string;
  readonly workspacePath: string;
}

interface Asked {
  readonly path: string;
  /** Another name than the file's own. */
  readonly name: string | undefined;
  readonly patienceMs: number;
  readonly signal: AbortSignal;
}

export interface Attached {
  readonly isError: boolean;
  /** The server's code of a refusal. */
  readonly code: string | null;
  /** For the agent. */
  readonly text: string;
}

/** Attaches a file of the workspace to the run's task. Everything outside the workspace is refused, also behind links. */
export async function attachFile(target: AttachTarget, asked: Asked): Promise<Attached> {
  const found = await readInside(target.workspacePath, asked.path);
  if (typeof found === 'string') return refused(found);
  const name = asked.name ?? basename(asked.path);
  const answer = await forwardPatiently({
    url: `${target.serverUrl}/api/tasks/${target.taskId}/attachments?name=${encodeURIComponent(name)}`,
    method: 'POST',
    // The same content under the same name is attached once, so a repetition needs no key.
    headers: {
      authorization: `Bearer ${target.token}`,
      'content-type': 'application/octet-stream',
      'content-length': String(found.length),
    },
    body: found,
    patienceMs: asked.patienceMs,
    signal: asked.signal,
  });
  const reply = Buffer.isBuffer(answer.body) ? parse(answer.body) : null;
  if (answer.status !== 200) {
    const text = reply?.error?.message ?? `The server answered ${answer.status}.`;
    return { isError: true, code: reply?.error?.code ?? null, text };
  }
  const { id, name: attachedAs, size } = reply?.attachment ?? {};
  return { isError: false, code: null, text: JSON.stringify({ attachmentId: id, name: attachedAs, size }) };
}

/** The content of a plain file in the workspace, or why not. Read whole: one file of at most 25 MiB at a time. */
async function readInside(workspacePath: string, path: string): Promise<Buffer | string> {
  const root = await realpath(workspacePath);
  const real = await realpath(resolve(root, path)).catch(() => null);
  if (real === null) return `There is no file ${path} in your working directory.`;
  if (!isInside(root, real)) return `${path} is outside your working directory; copy it there first.`;
  // A link put there since is not followed, and a pipe does not hold us up.
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const file = await open(real, flags).catch(() => null);
  if (file === null) return `${path} cannot be read.`;
  try {
    return await readOpened(file, { root, real, path });
  } finally {
    await file.close();
  }
}

async function readOpened(
  file: FileHandle,
  { root, real, path }: { readonly root: string; readonly real: string; readonly path: string },
): Promise<Buffer | string> {
  const found = await file.stat();
  const { size } = found;
  if (!found.isFile()) return `${path} is not a plain file.`;
  // A folder on the way may have become a link since it was looked at.
  if (!isInside(root, await realpath(real).catch(() => '')))
    return `${path} is outside your working directory.`;
  if (size > ATTACHMENT_LIMIT) return `${path} is larger than 25 MiB.`;
  const content = Buffer.alloc(size);
  const { bytesRead } = await file.read(content, 0, size, 0);
  return content.subarray(0, bytesRead);
}

function isInside(root: string, path: string): boolean {
  const way = relative(root, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && join(root, way) === path;
}

function refused(text: string): Attached {
  return { isError: true, code: null, text };
}

interface Reply {
  readonly attachment?: { readonly id: string; readonly name: string; readonly size: number };
  readonly error?: { readonly code: string; readonly message: string };
}

function parse(body: Buffer): Reply | null {
  try {
    return JSON.parse(String(body)) as Reply;
  } catch {
    return null;
  }
}
