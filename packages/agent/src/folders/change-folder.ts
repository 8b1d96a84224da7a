import { lstat, mkdir, rename, rmdir, unlink } from 'node:fs/promises';
import { pathOf } from '../workspace/file-names.ts';
import { findState, isSame } from './file-state.ts';
import type { LaidChange } from './landing-journal.ts';

/**
 * Lets every change take its place: removals first, then what was laid beside. Each is looked at again right before, so that what somebody
 * changed since is never replaced. What is done already is passed over. Answers with the names that could not be changed.
 */
export async function changeFolder(
  folder: string,
  changes: readonly LaidChange[],
): Promise<readonly string[]> {
  const blocked: string[] = [];
  const removals = changes
    .filter(({ to }) => to === null)
    .toSorted((one, other) => (one.name < other.name ? 1 : -1));
  for (const change of removals) if (!(await remove(folder, change))) blocked.push(change.name);
  // Half a change must not be made worse: the caller takes back what was done.
  if (blocked.length > 0) return blocked;
  for (const change of changes)
    if (change.to !== null && !(await put(folder, change))) blocked.push(change.name);
  return blocked;
}

async function remove(folder: string, { name, from }: LaidChange): Promise<boolean> {
  const now = await findState(folder, name);
  if (now === null || now === 'folder' || (now === 'other' && (await isBehindFile(folder, name))))
    return true;
  if (!isSame(now, from)) return false;
  await unlink(pathOf(folder, name));
  await removeEmpty(folder, name);
  return true;
}

/** Folders that a removal left empty go, as git would let them go. */
async function removeEmpty(folder: string, name: string): Promise<void> {
  const parts = name.split('/').slice(0, -1);
  for (let depth = parts.length; depth > 0; depth -= 1) {
    const isGone = await rmdir(pathOf(folder, parts.slice(0, depth).join('/'))).then(
      () => true,
      () => false,
    );
    if (!isGone) return;
  }
}

/** Done already, and its folder has become a file by another change. */
async function isBehindFile(folder: string, name: string): Promise<boolean> {
  const parts = name.split('/');
  for (let depth = 1; depth < parts.length; depth += 1) {
    const found = await lstat(pathOf(folder, parts.slice(0, depth).join('/'))).catch(() => null);
    if (found !== null && !found.isDirectory()) return true;
  }
  return false;
}

async function put(folder: string, { name, laid, from, to }: LaidChange): Promise<boolean> {
  const now = await findState(folder, name);
  if (isSame(now, to)) return true;
  if (laid === null || !isSame(now, from)) return false;
  if (!(await makeFolders(folder, name))) return false;
  return rename(pathOf(folder, laid), pathOf(folder, name)).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'EISDIR' || error.code === 'ENOTDIR') return false;
      throw error;
    },
  );
}

/** The folders on the way, none of which may be a link. */
async function makeFolders(folder: string, name: string): Promise<boolean> {
  const parts = name.split('/').slice(0, -1);
  for (let depth = 1; depth <= parts.length; depth += 1) {
    const path = pathOf(folder, parts.slice(0, depth).join('/'));
    await mkdir(path, { mode: 0o755 }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
    if (!(await lstat(path)).isDirectory()) return false;
  }
  return true;
}
