import { join } from 'node:path';
import { quoted } from './file-names.ts';
import { freeOfLock } from './free-of-locks.ts';
import { gitReason } from './git.ts';
import { moveRef, readRef } from './refs.ts';
import type { Repository } from './repository.ts';
import { isContained, type Tree } from './tree.ts';
import type { Unkept } from './workspace.ts';
import { worktreeOn } from './worktree-list.ts';

interface Placement {
  readonly tree: Tree;
  readonly repository: Repository;
  /** The worktree of the task. */
  readonly path: string;
  readonly branch: string;
  readonly commit: string;
  /** Under this name the commit is kept when the branch cannot take it. */
  readonly name: string;
}

/**
 * Makes the task's branch hold a commit, whatever the agent has checked out. A branch that would lose commits, or that somebody looks
 * at in another folder, stays where it is; the commit is then kept in a ref of ours. Null when the branch holds it.
 */
export async function placeOnBranch(placement: Placement): Promise<Unkept | null> {
  const { tree, repository, path, branch, commit } = placement;
  const ref = `refs/heads/${branch}`;
  const tip = await readRef(repository.refs, ref);
  if (tip === commit) return null;
  if (tip !== null && !(await isContained(tree.place, tip, commit)))
    return keepAside(
      placement,
      `The agent left branch ${branch} and its work is now at commit ${commit.slice(0, 10)}, which does not contain ${branch}. Merge the two by hand; nothing was lost.`,
      `git -C ${quoted(path)} merge ${quoted(branch)}`,
    );
  const holder = await worktreeOn(repository, branch, path);
  if (holder !== null)
    return keepAside(
      placement,
      `Branch ${branch} is checked out in ${holder}, where moving it would look like changes of yours. Switch that folder to another branch, then keep the work again.`,
      `git -C ${quoted(holder)} switch --detach`,
    );
  const message = 'quarterdeck: keep the work';
  const move = () => moveRef(repository.refs, { name: ref, to: commit, from: tip, message });
  const lock = join(repository.commonDir, 'refs/heads', `${branch}.lock`);
  const moved = await freeOfLock(lock, move);
  if (moved.code === 0) return null;
  const inTheWay =
    /^fatal: (.+) is a link/.exec(moved.stderr)?.[1] ??
    /Unable to create '(.+\.lock)': File exists/.exec(moved.stderr)?.[1];
  const remedy = inTheWay === undefined ? null : `rm ${quoted(inTheWay)}`;
  return keepAside(placement, `Branch ${branch} could not take up the work: ${gitReason(moved)}.`, remedy);
}

async function keepAside(
  { repository, commit, name }: Placement,
  failure: string,
  remedy: string | null,
): Promise<Unkept> {
  const ref = `refs/quarterdeck/kept/${name}`;
  const stored = await moveRef(repository.refs, { name: ref, to: commit });
  const where = stored.code === 0 ? ` Until then it is in ${ref}.` : ` It is commit ${commit}.`;
  return { failure: `${failure}${where}`, remedy };
}
