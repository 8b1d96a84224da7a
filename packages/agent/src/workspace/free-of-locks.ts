import { lstat, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { GitAnswer } from './git.ts';

/**
 * Repeats git's work without the lock of a task's own branch that a killed git of the agent, or a machine that went down, left behind.
 * Only when its processes are gone: the branch is nobody else's. Every other lock is left to whoever has it.
 */
export async function freeOfLock(lock: string, work: () => Promise<GitAnswer>): Promise<GitAnswer> {
  const answer = await work();
  const named = /Unable to create '(.+\.lock)': File exists/.exec(answer.stderr)?.[1];
  if (answer.code === 0 || named !== lock) return answer;
  await rm(lock, { force: true });
  return work();
}

/** Indexes that are read once lie in folders of this name in a private git folder. */
export const COPY_PREFIX = 'index-copy-';
/** Nobody compares files for so long: whoever made a copy that old was killed. */
const OLDEST_COPY_MS = 60 * 60_000;

/**
 * Clears a private git folder of what a killed git or runner of ours left in it. To be called by whoever is about to write there: a
 * private folder has one writer at a time, so a lock that it finds is nobody's.
 */
export async function clearLeftovers(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const path = join(folder, name);
    if (name.endsWith('.lock') || (name.startsWith(COPY_PREFIX) && (await isOld(path))))
      await rm(path, { recursive: true, force: true, maxRetries: 2 });
  }
}

async function isOld(path: string): Promise<boolean> {
  const found = await lstat(path).catch(() => null);
  return found !== null && Date.now() - found.mtimeMs > OLDEST_COPY_MS;
}
