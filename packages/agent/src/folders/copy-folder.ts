import { constants } from 'node:fs';
import { chmod, copyFile, lstat, lutimes, mkdir, readlink, statfs, symlink, utimes } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pathOf, shown } from '../workspace/file-names.ts';
import type { Attempt, OnProgress } from '../workspace/workspace.ts';
import { attained, failed } from '../workspace/workspace.ts';
import {
  type FolderScan,
  type ScanLimits,
  type ScannedEntry,
  type Skipped,
  scanFolder,
} from './scan-folder.ts';

/** What is copied for one task at most. */
export const COPY_LIMITS: ScanLimits = { entries: 200_000, bytes: 5 * 1024 ** 3 };
const SIDE_BY_SIDE = 16;
const PROGRESS_MS = 2_000;

export interface FolderCopy {
  readonly from: string;
  /** Must not exist. */
  readonly to: string;
  readonly limits: ScanLimits;
  readonly signal: AbortSignal | undefined;
}

export type Copied = Pick<FolderScan, 'skipped' | 'outward' | 'repositories'>;

/**
 * Copies a folder: files by reference where the disk can, never as a second name of the same file; links as they are; modes and times
 * kept. What cannot be copied is named. A folder past the limits is refused before anything is copied.
 */
export async function copyFolder(copy: FolderCopy, onProgress: OnProgress): Promise<Attempt<Copied>> {
  const { from, to, limits, signal } = copy;
  onProgress(`Looking through ${from}.`);
  const scan = await scanFolder(from, limits);
  if (scan === 'entries' || scan === 'bytes') return failed(tooLarge(from, limits, scan));
  await mkdir(dirname(to), { recursive: true });
  const room = await whyNoRoom(to, scan);
  if (room !== null) return failed(room);
  await mkdir(to, { mode: 0o700 });
  const skipped: Skipped[] = [...scan.skipped];
  const say = progressOf(scan, onProgress);
  const isKind = (kind: ScannedEntry['kind']) => scan.entries.filter((entry) => entry.kind === kind);
  const folders = isKind('folder');
  for (const { name } of folders) await mkdir(pathOf(to, name), { mode: 0o700 });
  const others = [...isKind('file'), ...isKind('link')];
  for (let at = 0; at < others.length; at += SIDE_BY_SIDE) {
    if (signal?.aborted) return failed('The copy was stopped.');
    const part = others.slice(at, at + SIDE_BY_SIDE);
    const done = await Promise.all(part.map((entry) => copyEntry(copy, entry)));
    skipped.push(...done.filter((each) => each !== null));
    say(Math.min(at + SIDE_BY_SIDE, others.length), others.length);
  }
  // Last, and innermost first: a folder that may not be written would take no files.
  for (const { name } of folders.toReversed()) await copyMode(copy, name);
  return attained({ skipped, outward: scan.outward, repositories: scan.repositories });
}

function tooLarge(from: string, limits: ScanLimits, which: 'entries' | 'bytes'): string {
  const size =
    which === 'entries' ? `${limits.entries.toLocaleString('en')} entries` : sizeText(limits.bytes);
  return `${from} holds more than ${size}, which is too much to copy for a task. Add a folder below it as the project, make it a git repository (git init, then add it again), or let agents work in place: quarterdeck project set <project> --workspace dir.`;
}

async function whyNoRoom(to: string, { bytes }: FolderScan): Promise<string | null> {
  const disk = await statfs(dirname(to)).catch(() => null);
  if (disk === null || disk.bavail * disk.bsize > bytes) return null;
  return `There is no room for a copy of ${sizeText(bytes)} in ${dirname(to)}. Make room there, then retry the task.`;
}

/** Null, or why it is not in the copy. */
async function copyEntry({ from, to }: FolderCopy, { name, kind }: ScannedEntry): Promise<Skipped | null> {
  const [source, target] = [pathOf(from, name), pathOf(to, name)];
  try {
    const { atime, mtime } = await lstat(source);
    if (kind === 'link') {
      await symlink(await readlink(source, { encoding: 'buffer' }), target);
      await lutimes(target, atime, mtime);
    } else {
      await copyFile(source, target, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL);
      await utimes(target, atime, mtime);
    }
    return null;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // It went away while the folder was being copied.
    if (code === 'ENOENT') return null;
    if (code === 'EACCES' || code === 'EPERM') return { path: shown(name), why: 'it may not be read' };
    throw error;
  }
}

async function copyMode({ from, to }: FolderCopy, name: string): Promise<void> {
  const found = await lstat(pathOf(from, name)).catch(() => null);
  if (found === null) return;
  // Its owner must be able to clear it away again.
  await chmod(pathOf(to, name), (found.mode & 0o777) | 0o700);
  await utimes(pathOf(to, name), found.atime, found.mtime);
}

function progressOf({ bytes }: FolderScan, onProgress: OnProgress): (done: number, all: number) => void {
  let saidAt = performance.now();
  return (done, all) => {
    if (done < all && performance.now() - saidAt < PROGRESS_MS) return;
    saidAt = performance.now();
    onProgress(
      `Copied ${done.toLocaleString('en')} of ${all.toLocaleString('en')} files (${sizeText(bytes)} in all).`,
    );
  };
}

function sizeText(bytes: number): string {
  const units = ['bytes', 'KiB', 'MiB', 'GiB'];
  const step = Math.min(units.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10));
  return `${step === 0 ? bytes : (bytes / 1024 ** step).toFixed(1)} ${units[step]}`;
}
