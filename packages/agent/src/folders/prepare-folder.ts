import { mkdir } from 'node:fs/promises';
import { isAbsolute, join, resolve } from 'node:path';
import { isRealFolder } from '../workspace/admin-folder.ts';
import { isFolder } from '../workspace/repository.ts';
import { commitTree, headOf, resolveCommit, setHead, type Tree, writeTree } from '../workspace/tree.ts';
import type { Attempt, OnProgress, PreparedWorkspace, PrepareRequest } from '../workspace/workspace.ts';
import { attained, failed } from '../workspace/workspace.ts';
import { type FolderSite, openFolderTree } from './folder-tree.ts';
import { noteLeftOut } from './left-out-note.ts';
import { type ScanLimits, scanFolder } from './scan-folder.ts';
import { snapshotFolder } from './snapshot.ts';

/** A folder larger than this is worked in all the same, but its changes are not shown. */
const WATCHED: ScanLimits = { entries: 500_000, bytes: 20 * 1024 ** 3 };

export function siteOf({ order, trees }: PrepareRequest): FolderSite {
  return { projectId: order.project.id, taskId: order.taskId, trees };
}

/** An empty folder of the task's own. */
export async function prepareScratch(request: PrepareRequest): Promise<Attempt<PreparedWorkspace>> {
  const path = join(resolve(request.home), 'workspaces', request.order.taskId);
  let isReused: boolean;
  try {
    isReused = (await mkdir(path, { recursive: true })) === undefined;
  } catch (error) {
    return failed(`The scratch folder ${path} could not be made: ${(error as Error).message}.`);
  }
  const tree = await openFolderTree(siteOf(request), path, true);
  if (!tree.ok) return tree;
  const base = (await knownBase(request, tree.value)) ?? (await beginEmpty(tree.value));
  return attained({ path, branch: null, base, notes: [], isReused });
}

/** A folder of a person, worked in as it is. What is there before the first attempt is remembered, to show the changes against. */
export async function prepareInPlace(
  request: PrepareRequest,
  onProgress: OnProgress,
): Promise<Attempt<PreparedWorkspace>> {
  const { project, workspace } = request.order;
  const path = workspace.path ?? join(project.path, project.subfolder ?? '');
  if (!isAbsolute(path))
    return failed(
      `The task's folder ${path} is not an absolute path. Give the full path, starting with a slash.`,
    );
  if (!(await isFolder(path)))
    return failed(
      `The task's folder ${path} does not exist on this machine. Make it, or change the task's workspace.`,
    );
  const watched = (await isRealFolder(path))
    ? await watch(request, path, onProgress)
    : failed(`${path} is a link.`);
  if (!watched.ok) onProgress(`Changes of this task will not be shown: ${watched.failure}`);
  return attained({ path, branch: null, base: watched.ok ? watched.value : null, notes: [], isReused: true });
}

async function watch(
  request: PrepareRequest,
  path: string,
  onProgress: OnProgress,
): Promise<Attempt<string>> {
  const tree = await openFolderTree(siteOf(request), path, true);
  if (!tree.ok) return tree;
  const known = await knownBase(request, tree.value);
  if (known !== null) return attained(known);
  onProgress(`Remembering what ${path} holds, to show the changes later.`);
  const scan = await scanFolder(path, WATCHED);
  if (typeof scan === 'string') return failed(`${path} is too large to remember what it holds.`);
  const taken = await snapshotFolder(siteOf(request), tree.value);
  if (!taken.ok) return taken;
  await noteLeftOut(tree.value, taken.value.leftOut);
  return attained(taken.value.commit);
}

/** Where the changes of an earlier attempt count from. Without its commits in the private folder it is worth nothing. */
export async function knownBase({ order }: PrepareRequest, tree: Tree): Promise<string | null> {
  return (await headOf(tree)) === null ? null : resolveCommit(tree.place, order.workspace.base);
}

/** Everything in the folder is the agent's: its changes count from nothing. */
async function beginEmpty(tree: Tree): Promise<string | null> {
  const known = await headOf(tree);
  if (known !== null) return known;
  const nothing = await writeTree(tree);
  if (!nothing.ok) return null;
  const begun = await commitTree(tree.place, {
    tree: nothing.value,
    parents: [],
    message: 'An empty folder\n',
  });
  if (!begun.ok) return null;
  await setHead(tree, begun.value);
  return begun.value;
}
