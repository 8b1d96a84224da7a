import { lstat, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isRealFolder } from '../workspace/admin-folder.ts';
import { replaceFile } from '../workspace/private-folder.ts';
import { type FolderSite, openFolderReader } from './folder-tree.ts';
import { showKept } from './read-folder-diff.ts';

interface Reviewing extends FolderSite {
  readonly path: string;
  readonly base: string | null;
  readonly head: string | null;
}

/** Lays the changes of a task into `.quarterdeck/changes.diff` of its copy. Answers with why they are not there. */
export async function layChanges(review: Reviewing): Promise<string | null> {
  const { path, base, head } = review;
  const own = join(path, '.quarterdeck');
  const missing =
    'The changes could not be laid into `.quarterdeck/changes.diff`; look at the files themselves.';
  const diff = await showKept(await openFolderReader(review), base, head);
  if (diff === null || !diff.ok) return missing;
  if ((await lstat(own).catch(() => null)) === null) await mkdir(own);
  if (!(await isRealFolder(own))) return missing;
  await replaceFile(join(own, 'changes.diff'), diff.value.patch);
  return null;
}
