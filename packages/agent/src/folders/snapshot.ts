import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LeftOut } from '@quarterdeck/contract/run';
import { clearLeftovers } from '../workspace/free-of-locks.ts';
import { gitLine } from '../workspace/git.ts';
import { replaceFile } from '../workspace/private-folder.ts';
import { stageAll } from '../workspace/stage.ts';
import { commitTree, resolveCommit, setHead, type Tree, writeTree } from '../workspace/tree.ts';
import { type Attempt, attained } from '../workspace/workspace.ts';
import type { FolderSite } from './folder-tree.ts';

export interface Snapshot {
  readonly commit: string;
  /** What a commit cannot hold. */
  readonly leftOut: readonly LeftOut[];
}

/** Commits the files of a tree on top of `parents`; the only parent itself when nothing differs from it. The tree's HEAD follows. */
export async function takeSnapshot(
  tree: Tree,
  parents: readonly string[],
  message: string,
): Promise<Attempt<Snapshot>> {
  await clearLeftovers(tree.folder);
  const leftOut = await stageAll(tree);
  if (!leftOut.ok) return leftOut;
  const written = await writeTree(tree);
  if (!written.ok) return written;
  const [only] = parents;
  const before = parents.length === 1 ? await gitLine(tree.place, ['rev-parse', `${only}^{tree}`]) : null;
  const made =
    before === written.value
      ? attained(only ?? '')
      : await commitTree(tree.place, { tree: written.value, parents, message });
  if (!made.ok) return made;
  await setHead(tree, made.value);
  return attained({ commit: made.value, leftOut: leftOut.value });
}

/**
 * The state of a project's folder as a commit. Each goes on from the one before, so that what tasks made of an older state can be
 * merged with a newer one.
 */
export async function snapshotFolder(site: FolderSite, tree: Tree): Promise<Attempt<Snapshot>> {
  const note = join(site.trees, `objects-${site.projectId}`, 'newest-snapshot');
  const noted = await readFile(note, 'utf8').catch(() => null);
  const newest = await resolveCommit(tree.place, noted?.trim() ?? null);
  const taken = await takeSnapshot(tree, newest === null ? [] : [newest], 'The folder as it was\n');
  if (taken.ok && taken.value.commit !== newest) await replaceFile(note, `${taken.value.commit}\n`);
  return taken;
}
