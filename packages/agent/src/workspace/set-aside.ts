import { mendGitFile, restoreAdmin } from './admin-folder.ts';
import { readIndex, readView, restoreView } from './agent-view.ts';
import { quoted } from './file-names.ts';
import { clearLeftovers } from './free-of-locks.ts';
import { gitReason } from './git.ts';
import { moveRef, readRef } from './refs.ts';
import { openRepository, type Repository } from './repository.ts';
import { readChanges, readGitlinks, stageAll } from './stage.ts';
import { openTaskTree, type TaskTree } from './task-tree.ts';
import { checkOut, commitTree, resolveCommit, syncTo, writeTree } from './tree.ts';
import type { Attempt } from './workspace.ts';
import { attained, failed } from './workspace.ts';
import { worktreeOn } from './worktree-list.ts';

interface Spot {
  readonly trees: string;
  readonly path: string;
  readonly projectPath: string;
}

/** The commit a reviewer finds in a worktree; null when there is something uncommitted, which is not the reviewer's. */
export async function findReviewed(spot: Spot): Promise<string | null> {
  const opened = await open(spot);
  if (!opened.ok) return null;
  const head = await readAgentHead(opened.value);
  return head !== null && (await isClean(opened.value, head)) ? head : null;
}

interface Reviewed extends Spot {
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
  const { branch, head, name, path } = reviewed;
  const opened = await open(reviewed);
  if (!opened.ok) return opened;
  const tree = opened.value;
  const { refs } = tree.repository;
  const ref = `refs/quarterdeck/set-aside/${name}`;
  const now = await readAgentHead(tree);
  const tip = await readRef(refs, `refs/heads/${branch}`);
  const earlier = await readRef(refs, ref);
  if (now === head && tip === head && (await isClean(tree, head))) {
    await restore(tree, reviewed);
    return attained(earlier === null ? null : ref);
  }
  const kept = await keepIn(tree, { ref, from: now ?? tip ?? head, name, isKept: earlier !== null });
  if (!kept.ok) return failed(`What the reviewer changed in ${path} could not be kept: ${kept.failure}.`);
  const laid = await checkOut(tree, head);
  if (laid.code !== 0) return failed(`${path} could not be put back after the review: ${gitReason(laid)}.`);
  const moved = await moveBack(tree.repository, reviewed, tip);
  if (moved !== null) return failed(moved);
  await restore(tree, reviewed);
  return attained(ref);
}

async function open({ trees, path, projectPath }: Spot): Promise<Attempt<TaskTree>> {
  const repository = await openRepository(projectPath);
  if (!repository.ok) return repository;
  const opened = await openTaskTree(trees, path, repository.value);
  if (opened.ok) await clearLeftovers(opened.value.folder);
  return opened;
}

async function readAgentHead(tree: TaskTree): Promise<string | null> {
  const view = tree.admin === null ? null : await readView(tree, tree.admin);
  return resolveCommit(tree.place, view?.head ?? null);
}

async function isClean(tree: TaskTree, head: string): Promise<boolean> {
  if (!(await syncTo(tree, head)).ok) return false;
  const read = await readChanges(tree.place, await readGitlinks(tree.place));
  if (!read.ok) return false;
  const { changed, added, nested } = read.value;
  return changed.length + added.length + nested.length === 0;
}

interface Keeping {
  readonly ref: string;
  readonly from: string;
  readonly name: string;
  readonly isKept: boolean;
}

async function keepIn(tree: TaskTree, { ref, from, name, isKept }: Keeping): Promise<Attempt<null>> {
  const synced = await syncTo(tree, from);
  if (!synced.ok) return synced;
  const index = tree.admin === null ? null : await readIndex(tree, tree.admin, from);
  const staged = await stageAll(tree, index?.added ?? []);
  if (!staged.ok) return staged;
  if (isKept) return attained(null);
  const written = await writeTree(tree);
  if (!written.ok) return written;
  const message = `Left by the review ${name}\n`;
  const made = await commitTree(tree.place, { tree: written.value, parents: [from], message });
  if (!made.ok) return made;
  const stored = await moveRef(tree.repository.refs, { name: ref, to: made.value });
  return stored.code === 0 ? attained(null) : failed(gitReason(stored));
}

async function moveBack(
  repository: Repository,
  { branch, head, path }: Reviewed,
  tip: string | null,
): Promise<string | null> {
  if (tip === head) return null;
  const holder = await worktreeOn(repository, branch, path);
  if (holder !== null)
    return `Branch ${branch} was moved during the review, and ${holder} has it checked out, so it was not moved back. Switch that folder to another branch (git -C ${quoted(holder)} switch --detach), then put it back: git -C ${quoted(repository.path)} update-ref ${quoted(`refs/heads/${branch}`)} ${head}`;
  const moved = await moveRef(repository.refs, { name: `refs/heads/${branch}`, to: head, from: tip });
  return moved.code === 0 ? null : `${branch} could not be put back after the review: ${gitReason(moved)}.`;
}

async function restore(tree: TaskTree, { path, branch }: Reviewed): Promise<void> {
  if (tree.admin === null || !(await restoreAdmin(tree.admin, path, branch))) return;
  await mendGitFile(path, tree.admin);
  await restoreView(tree, tree.admin, branch);
}
