import { join } from 'node:path';
import { readPlain } from './private-folder.ts';
import type { TaskTree } from './task-tree.ts';

const LARGEST_LOG_BYTES = 64 * 1024 * 1024;
/** What git notes of a step that made a commit; a fast-forward, a checkout or a reset only went to one. */
const MADE =
  /^(commit|cherry-pick|revert|am|rebase.*\((pick|reword|squash|fixup|edit|continue)\)|merge (?!.*Fast-forward$))/;

/**
 * Whether commits that the task's branch and the base branch both have were made in the task's worktree, by what its git noted there.
 * Without such notes they count as made there: the other way they could be wiped away.
 */
export async function areOfTheAgent({ admin }: TaskTree, commits: readonly string[]): Promise<boolean> {
  if (commits.length === 0) return false;
  const log = admin === null ? null : await readPlain(join(admin, 'logs/HEAD'), LARGEST_LOG_BYTES);
  const lines = (log ?? '').split('\n').filter((line) => line !== '');
  if (lines.length < 2) return true;
  const made = new Set(
    lines
      .filter((line) => MADE.test(line.slice(line.indexOf('\t') + 1)))
      .map((line) => line.split(' ')[1] ?? ''),
  );
  return commits.some((id) => made.has(id));
}
