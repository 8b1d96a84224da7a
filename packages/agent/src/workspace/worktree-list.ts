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
