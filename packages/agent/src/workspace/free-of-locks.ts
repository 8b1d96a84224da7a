import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type GitAnswer, gitLine } from './git.ts';

/** A git command takes few locks, and each may have been left behind. */
const MOST_LOCKS = 4;

/**
 * Repeats git's work without the locks that a killed git of the agent, or a machine that went down, left behind. Only for a worktree of
 * ours whose processes are gone: its own folder and its branch are nobody else's. Every other lock is left to whoever has it.
 */
export async function freeOfLocks(
  tree: { readonly path: string; readonly branch: string },
  work: () => Promise<GitAnswer>,
): Promise<GitAnswer> {
  let answer = await work();
  for (let freed = 0; freed < MOST_LOCKS && answer.code !== 0; freed += 1) {
    const lock = /Unable to create '(.+\.lock)': File exists/.exec(answer.stderr)?.[1];
    if (lock === undefined || !(await isOwnLock(tree, lock))) return answer;
    await rm(lock, { force: true });
    answer = await work();
  }
  return answer;
}

async function isOwnLock(
  { path, branch }: { readonly path: string; readonly branch: string },
  lock: string,
): Promise<boolean> {
  const folder = (which: string) => gitLine(path, ['rev-parse', '--path-format=absolute', which]);
  const ofBranch = join((await folder('--git-common-dir')) ?? '', 'refs/heads', `${branch}.lock`);
  return lock === ofBranch || dirname(lock) === (await folder('--git-dir'));
}
