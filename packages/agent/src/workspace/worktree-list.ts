import { realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { git } from './git.ts';

/** Whether git has a worktree registered at this path, be its folder there or not. */
export async function isRegisteredWorktree(repositoryPath: string, path: string): Promise<boolean> {
  const answer = await git(repositoryPath, ['worktree', 'list', '--porcelain', '-z']);
  const wanted = await realPath(path);
  return answer.stdout
    .split('\0')
    .some((line) => line === `worktree ${wanted}` || line === `worktree ${path}`);
}

/** The path with links resolved, also when its last part does not exist. */
export async function realPath(path: string): Promise<string> {
  const found = await realpath(path).catch(() => null);
  if (found !== null) return found;
  const parent = await realpath(dirname(path)).catch(() => dirname(path));
  return join(parent, basename(path));
}

/** The folder that has a branch checked out; null when none has. */
export async function worktreeOn(repositoryPath: string, branch: string): Promise<string | null> {
  const answer = await git(repositoryPath, ['worktree', 'list', '--porcelain', '-z']);
  let folder: string | null = null;
  for (const line of answer.stdout.split('\0')) {
    if (line.startsWith('worktree ')) folder = line.slice('worktree '.length);
    if (line === `branch refs/heads/${branch}`) return folder;
  }
  return null;
}
