import { authorSettings } from './author.ts';
import { freeOfLocks } from './free-of-locks.ts';
import { git, gitLine, gitReason } from './git.ts';
import { resolveCommit } from './repository.ts';
import type { Attempt } from './workspace.ts';
import { attained, failed } from './workspace.ts';

/** The commit a reviewer finds in a worktree; null when there is something uncommitted, which is not the reviewer's. */
export async function findReviewed(path: string): Promise<string | null> {
  const status = await git(path, ['status', '--porcelain', '-z']);
  return status.code === 0 && status.stdout === '' ? resolveCommit(path, 'HEAD') : null;
}

interface Reviewed {
  readonly path: string;
  readonly branch: string;
  /** The commit that was reviewed. */
  readonly head: string;
  /** What the reviewer left is kept under this name. */
  readonly name: string;
}

/**
 * Puts a worktree back to the commit that was reviewed, so that nothing else lands. What the reviewer changed is kept in a ref of its
 * own, whose name is the answer; null when it changed nothing. Cut off at any moment and asked again it loses nothing.
 */
export async function setAside(reviewed: Reviewed): Promise<Attempt<string | null>> {
  const { path, branch, head, name } = reviewed;
  const ref = `refs/quarterdeck/set-aside/${name}`;
  const isAsItWas =
    (await findReviewed(path)) === head && (await resolveCommit(path, `refs/heads/${branch}`)) === head;
  const earlier = await resolveCommit(path, ref);
  if (isAsItWas) return attained(earlier === null ? null : ref);
  if (earlier === null) {
    const kept = await keepIn(ref, reviewed);
    if (!kept.ok) return kept;
  }
  for (const args of [
    ['symbolic-ref', 'HEAD', `refs/heads/${branch}`],
    ['reset', '--quiet', '--hard', head],
  ]) {
    const answer = await freeOfLocks({ path, branch }, () => git(path, args));
    if (answer.code !== 0)
      return failed(`${path} could not be put back after the review: ${gitReason(answer)}.`);
  }
  return attained(ref);
}

async function keepIn(ref: string, { path, branch, name }: Reviewed): Promise<Attempt<null>> {
  const added = await freeOfLocks({ path, branch }, () =>
    git(path, ['add', '--all', '--ignore-errors', ':/']),
  );
  const tree = await gitLine(path, ['write-tree']);
  if (added.code !== 0 || tree === null)
    return failed(`What the reviewer changed in ${path} could not be kept: ${gitReason(added)}.`);
  const made = await git(path, [
    ...(await authorSettings(path)),
    ...['commit-tree', tree, '-p', 'HEAD', '-m', `Left by the review ${name}`],
  ]);
  const commit = made.stdout.trim();
  const stored = made.code === 0 ? await git(path, ['update-ref', ref, commit]) : made;
  return stored.code === 0
    ? attained(null)
    : failed(`What the reviewer changed in ${path} could not be kept: ${gitReason(stored)}.`);
}
