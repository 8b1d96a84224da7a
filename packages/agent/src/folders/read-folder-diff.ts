import { isRealFolder } from '../workspace/admin-folder.ts';
import type { Place } from '../workspace/git.ts';
import { withIndexCopy } from '../workspace/live-diff.ts';
import { readDiff } from '../workspace/read-diff.ts';
import { showDiff } from '../workspace/show-diff.ts';
import { stageAll } from '../workspace/stage.ts';
import { headOf, resolveCommit, type Tree } from '../workspace/tree.ts';
import type { DiffAnswer, DiffQuery } from '../workspace/workspace.ts';
import { failed } from '../workspace/workspace.ts';
import { openFolderReader, openFolderTree } from './folder-tree.ts';
import { onlyWork } from './left-out-note.ts';

export type FolderDiffQuery = DiffQuery & { readonly taskId: string; readonly projectId: string };

/**
 * The changes of a task outside git: while it runs, of its folder as it is now; afterwards of what was kept, also when the folder is
 * gone. Work of an earlier version of the program, which kept nothing, is shown as far as the folder itself tells.
 */
export async function readFolderDiff(query: FolderDiffQuery): Promise<DiffAnswer> {
  const reader = await openFolderReader(query);
  const base = await resolveCommit(reader, query.base);
  if (base === null) return readDiff(query);
  const kept = query.isLive ? null : await showKept(reader, base, query.head);
  if (kept !== null) return kept;
  const path = query.workspacePath;
  if (path === null || !(await isRealFolder(path)))
    return failed(`The workspace ${path ?? 'of this run'} is gone; its changes can no longer be shown.`);
  const tree = await openFolderTree(query, path);
  return tree.ok ? showLive(tree.value, base) : tree;
}

/** The changes between two commits; null when one of them is not here. */
export async function showKept(
  reader: Place,
  from: string | null,
  to: string | null,
): Promise<DiffAnswer | null> {
  const [base, head] = [await resolveCommit(reader, from), await resolveCommit(reader, to)];
  if (base === null || head === null) return null;
  return showDiff(reader, { base, head, branch: null, span: [base, head, '--'] });
}

async function showLive(tree: Tree, base: string): Promise<DiffAnswer> {
  const head = await headOf(tree);
  return withIndexCopy(tree, head, async (place) => {
    const staged = await stageAll({ ...tree, place });
    if (!staged.ok) return failed(staged.failure);
    const leftOut = await onlyWork(tree, staged.value);
    const rest = { hasUncommitted: true, leftOut: [...leftOut] };
    return showDiff(place, { base, head, branch: null, span: [base, '--', '.'], rest });
  });
}
