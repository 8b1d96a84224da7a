import { isRealFolder } from './admin-folder.ts';
import type { Landing } from './landing.ts';
import { withIndexCopy } from './live-diff.ts';
import { readChanges, readGitlinks } from './stage.ts';
import { openTaskTree } from './task-tree.ts';

/** Whether files of a task's workspace are in no commit of its branch. What no commit can hold does not count. */
export async function hasUncommitted({ request, repository, head }: Landing, path: string): Promise<boolean> {
  if (!(await isRealFolder(path))) return false;
  const opened = await openTaskTree(request.trees, path, repository);
  if (!opened.ok || opened.value.admin === null) return false;
  return withIndexCopy(opened.value, head, async (place) => {
    const read = await readChanges(place, await readGitlinks(place));
    return !read.ok || read.value.changed.length + read.value.added.length > 0;
  });
}
