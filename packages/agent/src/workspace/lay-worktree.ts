import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunOrder } from '@quarterdeck/contract/runner-protocol';
import { addWorktree } from './add-worktree.ts';
import { mendGitFile } from './admin-folder.ts';
import { readView, restoreView } from './agent-view.ts';
import { gitReason, type Place } from './git.ts';
import { mergeParents, type ParentBranch } from './merge-parents.ts';
import { findForeignDrivers, findUnsafeDrivers } from './person-settings.ts';
import { READY_MARKER } from './ready-marker.ts';
import { moveRef } from './refs.ts';
import type { Repository } from './repository.ts';
import { ADMIN_NOTE, openTaskTree, type TaskTree, treeFolder } from './task-tree.ts';
import { checkOut, isContained, renewTree, resolveCommit, syncTo } from './tree.ts';
import type { Attempt, OnProgress } from './workspace.ts';
import { attained, failed } from './workspace.ts';

/** Where a worktree is, or is going to be. */
export interface Site {
  readonly order: RunOrder;
  readonly repository: Repository;
  readonly trees: string;
  readonly path: string;
  readonly branch: string;
  readonly reader: Place;
}

export interface Laid {
  readonly tree: TaskTree;
  /** What the agent has checked out; null when it left the branch, so that nothing may be merged there. */
  readonly head: string | null;
  /** Whether the task itself has added nothing yet, as far as the branch tells. */
  readonly isFresh: boolean;
  readonly notes: readonly string[];
}

export interface Start {
  readonly start: { readonly commit: string; readonly label: string };
  readonly parents: readonly ParentBranch[];
}

/** Makes a worktree with the files of its branch. */
export async function lay(
  site: Site,
  { start, parents }: Start,
  onProgress: OnProgress,
): Promise<Attempt<Laid>> {
  const { repository, trees, path, branch } = site;
  const added = await addWorktree({ ...site, base: start, parents });
  if (!added.ok) return added;
  const { commit, admin, said, isFresh } = added.value;
  const opened = await renewTree(treeFolder(trees, path), path, { repository, person: repository.person });
  if (!opened.ok) return opened;
  const tree = { ...opened.value, repository, admin };
  await writeFile(join(tree.folder, ADMIN_NOTE), admin);
  const laid = await checkOut(tree, commit);
  if (laid.code !== 0)
    return failed(
      `The files of ${branch} could not be laid: ${gitReason(laid)}. ${adviseLaying(laid.stderr)}`,
    );
  await restoreView(tree, admin, branch);
  onProgress(said);
  return attained({ tree, head: commit, isFresh, notes: await noteDrivers(repository) });
}

function adviseLaying(stderr: string): string {
  return /unable to read|missing|could not fetch|promisor/.test(stderr)
    ? 'The repository lacks files of its own history, as a partial clone does. Fetch them there (git fetch --refetch --no-filter), then retry the task.'
    : 'See what git says, then retry the task.';
}

/** What the repository alone names is not run, because agents can write there; nor what would run their files. */
async function noteDrivers(repository: Repository): Promise<readonly string[]> {
  const [foreign, unsafe] = await Promise.all([
    findForeignDrivers(repository.path),
    findUnsafeDrivers(repository.path),
  ]);
  const notes = [];
  if (foreign.length > 0)
    notes.push(
      `The repository's own settings name ${foreign.join(', ')}, which Quarterdeck does not run. A person who trusts it can set the same with git config --global.`,
    );
  if (unsafe.length > 0)
    notes.push(
      `Your git settings name ${unsafe.join(', ')}, which Quarterdeck does not run, because the command could run files that an agent wrote. Name one installed program there, such as git-lfs or the path of nbstripout, without an interpreter, a package runner or a shell's special signs.`,
    );
  return notes;
}

/** Opens the worktree of an earlier attempt. */
export async function reuse(site: Site, onProgress: OnProgress): Promise<Attempt<Laid>> {
  const { repository, trees, path, branch } = site;
  const renewed = await renewTree(treeFolder(trees, path), path, { repository, person: repository.person });
  if (!renewed.ok) return renewed;
  const opened = await openTaskTree(trees, path, repository);
  if (!opened.ok) return opened;
  const tree = opened.value;
  if (tree.admin === null)
    return failed(`git no longer knows the worktree at ${path}. Delete the folder, then retry the task.`);
  await writeFile(join(tree.folder, ADMIN_NOTE), tree.admin);
  await writeFile(join(tree.folder, READY_MARKER), '');
  onProgress(`Reusing the worktree of an earlier attempt on branch ${branch}.`);
  const mended = await mendGitFile(path, tree.admin);
  const view = await readView(tree, tree.admin);
  const isOurs = view.branch === branch && view.underWay === null;
  const head = isOurs ? await resolveCommit(tree.place, view.head) : null;
  return attained({ tree, head, isFresh: false, notes: mended === null ? [] : [mended] });
}

/** Brings in what parents have finished, and moves the branch and the agent's git along. */
export async function takeUp(
  { repository, branch }: Site,
  { tree, head }: { readonly tree: TaskTree; readonly head: string },
  parents: readonly ParentBranch[],
): Promise<{ readonly head: string; readonly notes: readonly string[] }> {
  const missing: ParentBranch[] = [];
  for (const parent of parents)
    if (!(await isContained(tree.place, parent.commit, head))) missing.push(parent);
  if (missing.length === 0) return { head, notes: [] };
  const synced = await syncTo(tree, head);
  if (!synced.ok) return { head, notes: [synced.failure] };
  const merged = await mergeParents(tree, head, missing);
  if (merged.head === head) return merged;
  const message = 'quarterdeck: take up the work of parents';
  const moved = await moveRef(repository.refs, {
    name: `refs/heads/${branch}`,
    to: merged.head,
    from: head,
    message,
  });
  if (moved.code !== 0)
    return {
      head,
      notes: [
        ...merged.notes,
        `Branch ${branch} could not take up the work of parents: ${gitReason(moved)}.`,
      ],
    };
  if (tree.admin !== null) await restoreView(tree, tree.admin, branch);
  return merged;
}
