// Folders outside git get commits all the same: in a private git folder per task, with objects that all tasks of the project
// share, so that a task can build on what another left. Nothing of it lies in the folder itself.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Place } from '../workspace/git.ts';
import { readPersonSettings } from '../workspace/person-settings.ts';
import { makePrivateFolder, type Ownership, privatePlace } from '../workspace/private-folder.ts';
import { openTree, renewTree, type Tree } from '../workspace/tree.ts';
import { type Attempt, attained } from '../workspace/workspace.ts';

/** Whose commits, and where they are kept. */
export interface FolderSite {
  readonly projectId: string;
  readonly taskId: string;
  /** Where the runner keeps its private git folders. */
  readonly trees: string;
}

// What is in a file is what is kept, byte for byte, whatever attributes in the folder say.
const ATTRIBUTES = '* !diff !merge -text !eol -ident -filter -working-tree-encoding\n';
// The files of a task are laid there by the runner.
const EXCLUDED = '/.quarterdeck/\n';

/** Opens the private git folder of a task over the files at a path; `isNew` takes the path for the folder from now on. */
export async function openFolderTree(site: FolderSite, path: string, isNew = false): Promise<Attempt<Tree>> {
  const owner = await ownership(site);
  const folder = join(site.trees, site.taskId);
  const opened = await (isNew ? renewTree : openTree)(folder, path, owner);
  if (!opened.ok) return opened;
  await settle(folder);
  return attained({ ...opened.value, place: withObjects(opened.value.place, site) });
}

/** The private git folder that looks at the project's own folder. */
export async function openProjectTree(site: FolderSite, path: string): Promise<Attempt<Tree>> {
  return openFolderTree({ ...site, taskId: `folder-${site.projectId}` }, path, true);
}

/** A place to read what was kept with, also when the folder is gone. */
export async function openFolderReader(site: FolderSite): Promise<Place> {
  const owner = await ownership(site);
  const folder = join(site.trees, `reader-${site.projectId}`);
  await makePrivateFolder(folder, owner);
  await settle(folder);
  return withObjects(privatePlace(folder, owner, null), site);
}

async function ownership({ trees, projectId }: FolderSite): Promise<Ownership> {
  const objects = objectsOf(trees, projectId);
  for (const part of ['pack', 'info']) await mkdir(join(objects, part), { recursive: true, mode: 0o700 });
  return { repository: null, person: await readPersonSettings(trees) };
}

async function settle(folder: string): Promise<void> {
  await writeFile(join(folder, 'info/attributes'), ATTRIBUTES);
  await writeFile(join(folder, 'info/exclude'), EXCLUDED);
}

function withObjects(place: Place, { trees, projectId }: FolderSite): Place {
  return { ...place, env: { ...place.env, GIT_OBJECT_DIRECTORY: objectsOf(trees, projectId) } };
}

function objectsOf(trees: string, projectId: string): string {
  return join(trees, `objects-${projectId}`);
}
