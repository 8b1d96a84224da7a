import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { openToRead } from '@quarterdeck/agent/home/open-plain';
import { placeFile, placeFolder } from '@quarterdeck/agent/home/place';
import type { RunOrder } from '@quarterdeck/contract/runner-protocol';
import { describeError } from '../write-log.ts';
import { type DownloadSource, downloadFile } from './download-file.ts';

type Ordered = Pick<RunOrder, 'attachments' | 'workspace'>;

const FOLDER = join('.quarterdeck', 'attachments');

interface Laying {
  readonly order: Ordered;
  readonly workspacePath: string;
  readonly source: DownloadSource;
}

/**
 * Lays the files of a task into `.quarterdeck/attachments` of its workspace, which git ignores, and takes away those that are no
 * longer attached. What is there already is not fetched again. Returns null, or for a person why it failed.
 */
export async function layAttachments({ order, workspacePath, source }: Laying): Promise<string | null> {
  const own = join(workspacePath, '.quarterdeck');
  const folder = join(workspacePath, FOLDER);
  try {
    if (order.attachments.length > 0) await makeFolders(workspacePath, order.workspace.kind);
    else if (!(await isRealFolder(own)) || !(await isRealFolder(folder))) return null;
    // A person's own folder may be the workspace of other tasks too.
    if (order.workspace.kind !== 'dir') await takeAwayOthers(folder, order);
    for (const file of order.attachments) await layOne(folder, file, source);
    return null;
  } catch (error) {
    return `The files attached to the task could not be laid into the workspace: ${describeError(error)}`;
  }
}

/**
 * An agent may have put links where the folders belong: written through one, a file would land outside the workspace. In a workspace of
 * ours they are replaced. In a person's own folder they may be the person's, and that is for them to say.
 */
async function makeFolders(workspacePath: string, kind: Ordered['workspace']['kind']): Promise<void> {
  const ignoring = join('.quarterdeck', '.gitignore');
  if (kind !== 'dir') {
    await placeFolder(workspacePath, FOLDER);
    await placeFile(workspacePath, ignoring, { content: '*\n' });
    return;
  }
  for (const path of ['.quarterdeck', FOLDER].map((part) => join(workspacePath, part))) {
    if (await isRealFolder(path)) continue;
    if (await isThere(path))
      throw new Error(`${path} is not a folder. Remove it, then start the task again.`);
    await mkdir(path);
  }
  await writeFile(join(workspacePath, ignoring), '*\n', { flag: 'wx' }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    },
  );
}

async function takeAwayOthers(folder: string, { attachments }: Ordered): Promise<void> {
  const wanted = new Set(attachments.map(({ name }) => name));
  for (const name of await readdir(folder))
    if (!wanted.has(name)) await rm(join(folder, name), { recursive: true, force: true });
}

async function layOne(
  folder: string,
  file: Ordered['attachments'][number],
  source: DownloadSource,
): Promise<void> {
  if (basename(file.name) !== file.name || file.name.startsWith('.'))
    throw new Error(`the server sent a file name that is none: ${JSON.stringify(file.name)}`);
  const path = join(folder, file.name);
  if ((await digestOf(path)) === file.sha256) return;
  await rm(path, { recursive: true, force: true });
  await downloadFile(source, { ...file, path, part: join(folder, `.${randomUUID()}.part`) });
}

/** Null for what is no plain file. */
async function digestOf(path: string): Promise<string | null> {
  const fd = openToRead(path);
  if (fd === null) return null;
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path, { fd })) hash.update(piece as Buffer);
  return hash.digest('hex');
}

async function isRealFolder(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => null))?.isDirectory() ?? false;
}

async function isThere(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => null)) !== null;
}
