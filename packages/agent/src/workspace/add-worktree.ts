import { access, mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { findAdmin, isRealFolder, removeAdmin } from './admin-folder.ts';
import { discardFolder } from './discard-folder.ts';
import { type GitAnswer, git, gitReason, type Place } from './git.ts';
import type { ParentBranch } from './merge-parents.ts';
import { READY_MARKER } from './ready-marker.ts';
import { isLink, moveRef, readRef } from './refs.ts';
import { isFolder, type Repository } from './repository.ts';
import { forgetTree, treeFolder } from './task-tree.ts';
import { isContained } from './tree.ts';
import type { Attempt, OnProgress } from './workspace.ts';
import { attained, failed } from './workspace.ts';

export interface Spot {
  readonly repository: Repository;
  readonly trees: string;
  readonly path: string;
}

/**
 * Whether a complete worktree is at the path. Everything else in the way is cleared: administrative files of a folder that is gone,
 * a preparation that was cut off; a folder git does not know is set aside, never deleted.
 */
export async function clearStale(spot: Spot, onProgress: OnProgress): Promise<boolean> {
  const { repository, trees, path } = spot;
  const admin = await findAdmin(repository, path);
  const isThere = await isRealFolder(path);
  if (isThere && (await isReady(spot, admin))) return true;
  if (isThere && admin !== null) void (await discardFolder(path)).deleted;
  else if (isThere || (await isLink(path)) || (await isFolder(path))) {
    const aside = `${path}-set-aside-${Date.now()}`;
    await rename(path, aside);
    onProgress(`A folder git does not know was in the way of the workspace; it is now at ${aside}.`);
  }
  if (admin !== null) await removeAdmin(admin);
  await forgetTree(trees, path);
  return false;
}

/** Said by the private folder; a workspace that an earlier version made says it in the worktree's own git folder. */
async function isReady({ trees, path }: Spot, admin: string | null): Promise<boolean> {
  if (await exists(join(treeFolder(trees, path), READY_MARKER))) return true;
  return admin !== null && (await exists(join(admin, READY_MARKER)));
}

interface Addition extends Spot {
  readonly branch: string;
  readonly base: { readonly commit: string; readonly label: string };
  readonly parents: readonly ParentBranch[];
  readonly reader: Place;
}

export interface Added {
  readonly commit: string;
  readonly admin: string;
  /** Whether the branch holds nothing of the task itself. */
  readonly isFresh: boolean;
  /** What was done, for a person. */
  readonly said: string;
}

/**
 * Registers a worktree on the branch, or on a fresh branch from the first parent with work of its own, else from the base. It has no
 * files yet: laying them is the private folder's work, because git would run here what the repository's settings name.
 */
export async function addWorktree(addition: Addition): Promise<Attempt<Added>> {
  const { repository, path, branch } = addition;
  const ref = `refs/heads/${branch}`;
  if (await isLink(join(repository.commonDir, 'worktrees')))
    return failed(
      `${repository.commonDir}/worktrees is a link, and git would write where it leads. Make it a folder again, then retry the task.`,
    );
  await mkdir(dirname(path), { recursive: true });
  const tip = await readRef(repository.refs, ref);
  const fresh = await chooseStart(addition);
  const start = tip === null ? fresh : { commit: tip, label: branch };
  const made =
    tip === null ? await moveRef(repository.refs, { name: ref, to: start.commit, from: null }) : null;
  if (made !== null && made.code !== 0) return failed(refusal(branch, made));
  const answer = await register(addition);
  const admin = answer.code === 0 ? await findAdmin(repository, path) : null;
  if (admin === null) return failed(refusal(branch, answer));
  const said =
    tip === null ? `Started branch ${branch} from ${start.label}.` : `Checked out branch ${branch} again.`;
  return attained({ commit: start.commit, admin, said, isFresh: start.commit === fresh.commit });
}

async function register({ repository, path, branch }: Addition): Promise<GitAnswer> {
  const add = () => git(repository.refs, ['worktree', 'add', '--no-checkout', '--', path, branch]);
  const answer = await add();
  if (answer.code === 0 || !(await freeFromMissing(repository, answer.stderr))) return answer;
  return add();
}

/** Whether git held the branch for a folder that is gone, such as one in a home that was moved, and has let go of it now. */
async function freeFromMissing(repository: Repository, refused: string): Promise<boolean> {
  const holder = /already (?:checked out|used by worktree) at '(.+)'/.exec(refused)?.[1];
  if (holder === undefined || (await isFolder(holder))) return false;
  const admin = await findAdmin(repository, holder);
  if (admin === null) return false;
  await rm(join(admin, 'locked'), { force: true });
  await removeAdmin(admin);
  return true;
}

async function chooseStart({ reader, base, parents }: Addition) {
  for (const parent of parents) {
    if (!(await isContained(reader, parent.commit, base.commit))) {
      return { commit: parent.commit, label: parent.name };
    }
  }
  return base;
}

function refusal(branch: string, answer: GitAnswer): string {
  return `The worktree for branch ${branch} could not be made: ${gitReason(answer)}. ${advise(answer.stderr, branch)}`;
}

function advise(stderr: string, branch: string): string {
  if (/already (checked out|used by worktree)/.test(stderr)) {
    return `The branch ${branch} is checked out in another folder; switch that one to another branch, then retry the task.`;
  }
  if (/cannot lock ref|unable to create directory|cannot create/.test(stderr)) {
    return `A branch whose name is a part of ${branch} may be in the way; rename it, then retry the task.`;
  }
  return 'See what git says, then retry the task.';
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
