import { basename } from 'node:path';
import { isRealFolder } from '../workspace/admin-folder.ts';
import { discardFolder } from '../workspace/discard-folder.ts';
import { withIndexCopy } from '../workspace/live-diff.ts';
import { readChanges, stageAll } from '../workspace/stage.ts';
import { forgetTree } from '../workspace/task-tree.ts';
import { headOf } from '../workspace/tree.ts';
import { type Attempt, attained, failed } from '../workspace/workspace.ts';
import { openFolderTree } from './folder-tree.ts';
import { onlyWork } from './left-out-note.ts';

interface CopyRemoval {
  readonly path: string;
  readonly projectId: string;
  readonly trees: string;
}

/** Takes away a copy whose work is kept: every change is in a commit, which can still be shown and landed. Otherwise says why it stays. */
export async function removeCopy({
  path,
  projectId,
  trees,
}: CopyRemoval): Promise<Attempt<{ readonly deleted: Promise<void> }>> {
  if (!(await isRealFolder(path))) return attained({ deleted: Promise.resolve() });
  const tree = await openFolderTree({ trees, projectId, taskId: basename(path) }, path);
  if (!tree.ok) return tree;
  const head = await headOf(tree.value);
  if (head === null) return failed('it is not known what of it is kept');
  const isSafe = await withIndexCopy(tree.value, head, async (place) => {
    const changes = await readChanges(place, new Set());
    const staged = await stageAll({ ...tree.value, place });
    if (!changes.ok || !staged.ok) return false;
    const leftOut = await onlyWork(tree.value, staged.value);
    return changes.value.changed.length + changes.value.added.length + leftOut.length === 0;
  });
  if (!isSafe) return failed('it has uncommitted work');
  const discarded = await discardFolder(path);
  await forgetTree(trees, path);
  return attained(discarded);
}
