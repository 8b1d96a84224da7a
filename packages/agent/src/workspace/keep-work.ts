import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { authorSettings } from './author.ts';
import { readStat } from './diff-stat.ts';
import { freeOfLocks } from './free-of-locks.ts';
import { git, gitReason } from './git.ts';
import { baseRef, isContained, resolveCommit } from './repository.ts';
import type { Attempt, KeepRequest, KeptWork } from './workspace.ts';
import { attained, failed } from './workspace.ts';

/**
 * Commits everything uncommitted in a worktree of ours and makes its branch hold it; nothing to commit is fine. Every other
 * folder is left as it is. To be called when the agent's processes are gone.
 */
export async function keepWork(request: KeepRequest): Promise<Attempt<KeptWork>> {
  const { path, branch } = request;
  if (request.kind !== 'worktree' || branch === null) return attained({ commit: null, diffStat: null });
  if (!(await isLinkedWorktree(path))) {
    return failed(
      `The work could not be committed: ${path} is no longer a worktree of the project. If the folder is still there, its files are untouched.`,
    );
  }
  const committed = await commitAll(request, branch);
  if (!committed.ok) return committed;
  const head = await resolveCommit(path, 'HEAD');
  if (head === null) return failed(`The work could not be committed: ${path} has no commit checked out.`);
  const placed = await placeOnBranch(path, branch, head);
  if (!placed.ok) return placed;
  const base = await resolveCommit(path, baseRef(branch));
  return attained({
    commit: head,
    diffStat: base === null ? null : await readStat(path, [base, head, '--']),
  });
}

// With a missing or replaced .git git would find some other repository above the folder and commit there.
async function isLinkedWorktree(path: string): Promise<boolean> {
  return lstat(join(path, '.git')).then(
    (found) => found.isFile(),
    () => false,
  );
}

async function commitAll(request: KeepRequest, branch: string): Promise<Attempt<null>> {
  const { path } = request;
  const tree = { path, branch };
  const added = await freeOfLocks(tree, () => git(path, ['add', '--all', '--ignore-errors', ':/']));
  const staged = await git(path, ['diff', '--cached', '--quiet', '--no-ext-diff']);
  const isMerging = (await resolveCommit(path, 'MERGE_HEAD')) !== null;
  if (staged.code === 0 && !isMerging) {
    return added.code === 0
      ? attained(null)
      : failed(`The work in ${path} could not be committed: ${gitReason(added)}.`);
  }
  const title = request.title.replace(/\s+/g, ' ').trim();
  const message = `${title} (${request.taskId})\n\nAgent: ${request.agentName}\n`;
  const args = [
    ...(await authorSettings(path)),
    'commit',
    '--quiet',
    '--no-verify',
    '--no-gpg-sign',
    '--file=-',
  ];
  const answer = await freeOfLocks(tree, () => git(path, args, { input: message }));
  if (answer.code === 0) return attained(null);
  return failed(`The work in ${path} could not be committed: ${gitReason(answer)}. The files are untouched.`);
}

/** An agent may have left our branch for one of its own, or for none: ours follows when that loses nothing. */
async function placeOnBranch(path: string, branch: string, head: string): Promise<Attempt<null>> {
  const ref = `refs/heads/${branch}`;
  const tip = await resolveCommit(path, ref);
  if (tip === head) return attained(null);
  if (tip !== null && !(await isContained(path, tip, head))) {
    return failed(
      `The agent left branch ${branch} and its work is now at commit ${head.slice(0, 10)}, which does not contain ${branch}. Merge the two by hand; nothing was lost.`,
    );
  }
  const move = ['update-ref', ref, head, ...(tip === null ? [] : [tip])];
  const moved = await freeOfLocks({ path, branch }, () => git(path, move));
  return moved.code === 0
    ? attained(null)
    : failed(`Branch ${branch} could not take up the work: ${gitReason(moved)}.`);
}
