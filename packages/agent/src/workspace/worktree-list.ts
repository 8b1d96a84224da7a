import { git } from './git.ts';
import { realPath } from './real-path.ts';
import type { Repository } from './repository.ts';

/** The folder that has a branch checked out; null when none has. A folder in `except` does not count. */
export async function worktreeOn(
  { refs }: Repository,
  branch: string,
  except: string | null = null,
): Promise<string | null> {
  const answer = await git(refs, ['worktree', 'list', '--porcelain']);
  const own = except === null ? null : await realPath(except);
  let folder: string | null = null;
  for (const line of answer.stdout.split('\n')) {
    if (line.startsWith('worktree ')) folder = line.slice('worktree '.length);
    if (line === `branch refs/heads/${branch}` && folder !== null && folder !== own && folder !== except)
      return folder;
  }
  return null;
}
