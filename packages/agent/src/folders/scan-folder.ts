// A folder is looked through before it is copied: whether it can be copied at all, and what of it cannot. Names are bytes, written
// as latin1, because a name need not be valid text. No link is followed.
import type { Dirent } from 'node:fs';
import { lstat, opendir, readlink } from 'node:fs/promises';
import { dirname, resolve, sep } from 'node:path';
import { pathOf, shown } from '../workspace/file-names.ts';

export interface ScannedEntry {
  /** Relative to the folder, in bytes as latin1. */
  readonly name: string;
  readonly kind: 'folder' | 'file' | 'link';
}

export interface FolderScan {
  readonly entries: readonly ScannedEntry[];
  readonly files: number;
  readonly bytes: number;
  /** What a copy cannot have, and why. */
  readonly skipped: readonly Skipped[];
  /** Links that lead out of the folder, or back into it by its full path. */
  readonly outward: readonly string[];
  /** Folders with a git repository of their own. */
  readonly repositories: readonly string[];
}

export interface Skipped {
  readonly path: string;
  readonly why: string;
}

export interface ScanLimits {
  readonly entries: number;
  readonly bytes: number;
}

/** Entries looked at side by side: disks answer many at once. */
const SIDE_BY_SIDE = 64;

interface Tally {
  readonly entries: ScannedEntry[];
  readonly skipped: Skipped[];
  readonly outward: string[];
  readonly repositories: string[];
  /** Folders still to be looked through, as prefixes of what is in them. */
  readonly waiting: string[];
  files: number;
  bytes: number;
}

/** All entries of a folder, parents before what is in them; or which limit it goes past. */
export async function scanFolder(
  folder: string,
  limits: ScanLimits,
): Promise<FolderScan | 'entries' | 'bytes'> {
  const tally: Tally = {
    ...{ entries: [], skipped: [], outward: [], repositories: [], waiting: [''] },
    ...{ files: 0, bytes: 0 },
  };
  for (let prefix = tally.waiting.pop(); prefix !== undefined; prefix = tally.waiting.pop()) {
    const past = await scanOne(folder, prefix, { tally, limits });
    if (past !== null) return past;
  }
  return tally;
}

/** One folder, and what it adds; answers with the limit that it passed. */
async function scanOne(
  folder: string,
  prefix: string,
  { tally, limits }: { readonly tally: Tally; readonly limits: ScanLimits },
): Promise<'entries' | 'bytes' | null> {
  const listed = await list(folder, prefix);
  if (typeof listed === 'string') {
    tally.skipped.push({ path: shown(prefix.slice(0, -1)), why: listed });
    return null;
  }
  for (let at = 0; at < listed.length; at += SIDE_BY_SIDE) {
    const looks = listed.slice(at, at + SIDE_BY_SIDE).map((entry) => look(folder, `${prefix}${entry.name}`));
    for (const found of await Promise.all(looks)) if (found !== null) count(tally, found);
    if (tally.entries.length > limits.entries) return 'entries';
    if (tally.bytes > limits.bytes) return 'bytes';
  }
  return null;
}

function count(tally: Tally, found: Looked | Unfit): void {
  if (isRepository(found.name)) tally.repositories.push(shown(dirname(found.name)));
  if ('why' in found) {
    tally.skipped.push({ path: shown(found.name), why: found.why });
    return;
  }
  const { name, kind } = found;
  tally.entries.push({ name, kind });
  if (kind === 'folder') tally.waiting.push(`${name}/`);
  if (kind === 'file') tally.files += 1;
  if (found.isOutward) tally.outward.push(shown(name));
  tally.bytes += found.bytes;
}

async function list(folder: string, prefix: string): Promise<readonly Dirent[] | string> {
  try {
    const opened = await opendir(pathOf(folder, prefix) as unknown as string, {
      encoding: 'latin1' as BufferEncoding,
    });
    const entries: Dirent[] = [];
    for await (const entry of opened) entries.push(entry);
    return entries;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return [];
    return code === 'EACCES' || code === 'EPERM' ? 'it may not be read' : `it cannot be read (${code})`;
  }
}

interface Looked extends ScannedEntry {
  readonly bytes: number;
  readonly isOutward: boolean;
}

interface Unfit {
  readonly name: string;
  readonly why: string;
}

async function look(folder: string, name: string): Promise<Looked | Unfit | null> {
  const path = pathOf(folder, name);
  // Gone since it was listed, which is no fault.
  const found = await lstat(path).catch(() => null);
  if (found === null || name === '.quarterdeck') return null;
  if (found.isDirectory()) return { name, kind: 'folder', bytes: 0, isOutward: false };
  if (found.isSymbolicLink())
    return { name, kind: 'link', bytes: 0, isOutward: await leadsOut(folder, name) };
  if (!found.isFile()) return { name, why: 'it is neither a file nor a folder' };
  // In a copy it would point to the same git folder as the original, and git there would change the original.
  if (isGitFile(name)) return { name, why: 'it points to a git folder elsewhere' };
  return { name, kind: 'file', bytes: found.size, isOutward: false };
}

async function leadsOut(folder: string, name: string): Promise<boolean> {
  const target = (
    await readlink(pathOf(folder, name), { encoding: 'buffer' }).catch(() => Buffer.alloc(0))
  ).toString('latin1');
  const root = Buffer.from(folder).toString('latin1');
  const reached = resolve(root, dirname(name), target);
  return target.startsWith('/') || !(reached === root || reached.startsWith(`${root}${sep}`));
}

function isRepository(name: string): boolean {
  return /\/\.git$/.test(name);
}

function isGitFile(name: string): boolean {
  return name === '.git' || name.endsWith('/.git');
}
