import { lstat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { git } from './git.ts';
import { readPlain } from './private-folder.ts';
import { realPath } from './real-path.ts';
import type { Repository } from './repository.ts';

/** The folder that has a branch checked out; null when none has. A folder in `except` does not count. */
export async function worktreeOn(
  repository: Repository,
  branch: string,
  except: string | null = null,
): Promise<string | null> {
  const main = await checkoutBesideIndex(repository, branch);
  if (main !== null && main !== except) return main;
  const answer = await git(repository.refs, ['worktree', 'list', '--porcelain']);
  const own = except === null ? null : await realPath(except);
  let folder: string | null = null;
  for (const line of answer.stdout.split('\n')) {
    if (line.startsWith('worktree ')) folder = line.slice('worktree '.length);
    if (line === `branch refs/heads/${branch}` && folder !== null && folder !== own && folder !== except)
      return folder;
  }
  return null;
}

/**
 * The folder that a `.git` with an index lies in, when its HEAD is on the branch. A setting says of a repository that it has no files
 * (core.bare), and every agent can set it.
 */
async function checkoutBesideIndex({ commonDir }: Repository, branch: string): Promise<string | null> {
  if (basename(commonDir) !== '.git') return null;
  const hasIndex = await lstat(join(commonDir, 'index')).then(
    (found) => found.isFile(),
    () => false,
  );
  const head = hasIndex ? await readPlain(join(commonDir, 'HEAD')) : null;
  return head?.trimEnd() === `ref: refs/heads/${branch}` ? dirname(commonDir) : null;
}
