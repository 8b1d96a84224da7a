import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, open, readlink } from 'node:fs/promises';
import { pathOf } from '../workspace/file-names.ts';

/** A file or link as a commit knows it. */
export interface FileState {
  readonly mode: '100644' | '100755' | '120000';
  /** Of its content, as git names it. */
  readonly id: string;
}

/** What is at a path of a folder: nothing, a file or link, a folder, or something no commit can hold or that is behind a link. */
export type Found = null | FileState | 'folder' | 'other';

/** One path of a change: what it was, and what it becomes; null for nothing. Names are bytes, as latin1. */
export interface PathChange {
  readonly name: string;
  readonly from: FileState | null;
  readonly to: FileState | null;
}

/** What is at a path now. No link is followed on the way; what lies behind one is none of the folder's. */
export async function findState(folder: string, name: string): Promise<Found> {
  const parts = name.split('/');
  for (let depth = 1; depth < parts.length; depth += 1) {
    const on = await lstat(pathOf(folder, parts.slice(0, depth).join('/'))).catch(() => null);
    if (on === null) return null;
    if (!on.isDirectory()) return 'other';
  }
  const path = pathOf(folder, name);
  const found = await lstat(path).catch(() => null);
  if (found === null) return null;
  if (found.isDirectory()) return 'folder';
  if (found.isSymbolicLink())
    return { mode: '120000', id: idOf(await readlink(path, { encoding: 'buffer' })) };
  if (!found.isFile()) return 'other';
  return { mode: (found.mode & 0o100) === 0 ? '100644' : '100755', id: await idOfFile(path) };
}

export function isSame(one: Found, other: Found): boolean {
  if (one === null || other === null || typeof one === 'string' || typeof other === 'string')
    return one === other;
  return one.mode === other.mode && one.id === other.id;
}

function idOf(content: Buffer): string {
  return createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex');
}

async function idOfFile(path: Buffer): Promise<string> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const { size } = await file.stat();
    const hash = createHash('sha1').update(`blob ${size}\0`);
    for await (const piece of file.createReadStream({ autoClose: false })) hash.update(piece as Buffer);
    return hash.digest('hex');
  } finally {
    await file.close();
  }
}
