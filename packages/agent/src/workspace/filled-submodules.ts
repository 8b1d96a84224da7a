import { readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { LeftOut } from '@quarterdeck/contract/run';
import { isRealFolder } from './admin-folder.ts';
import { shown } from './file-names.ts';
import { privatePlace, readPlain, replaceFile } from './private-folder.ts';
import type { Repository } from './repository.ts';
import { readChanges, readGitlinks } from './stage.ts';
import type { Tree } from './tree.ts';

export interface FilledSubmodule {
  /** In the worktree. */
  readonly path: string;
  /** Its private git folder. */
  readonly folder: string;
  /** The git folder whose objects it borrows. */
  readonly source: string;
}

/** In the private folder of the worktree. */
const NOTE = 'filled-submodules';
const NAMED = 3;

export async function noteFilled({ folder }: Tree, filled: readonly FilledSubmodule[]): Promise<void> {
  await replaceFile(join(folder, NOTE), JSON.stringify(filled));
}

async function readFilled({ folder }: Tree): Promise<readonly FilledSubmodule[]> {
  const text = await readPlain(join(folder, NOTE));
  return text === null ? [] : (JSON.parse(text) as FilledSubmodule[]);
}

/** Changes in submodules that were filled: no commit of the repository around them can hold those. */
export async function findChangedSubmodules(tree: Tree, repository: Repository): Promise<readonly LeftOut[]> {
  const left: LeftOut[] = [];
  for (const filled of await readFilled(tree)) {
    const files = await changesIn(tree, repository, filled);
    if (files.length === 0) continue;
    const more = files.length > NAMED ? `, and ${files.length - NAMED} more` : '';
    const why = `files in this submodule were changed (${files.slice(0, NAMED).join(', ')}${more}), which a commit of the repository around it cannot hold`;
    left.push({ path: filled.path, why });
  }
  return left;
}

/** Submodules as they were filled, so that nothing in them would be lost. */
export async function findUntouchedSubmodules(
  tree: Tree,
  repository: Repository,
): Promise<ReadonlySet<string>> {
  const all = await readFilled(tree);
  const touched: string[] = [];
  for (const filled of all) {
    const isSame = (await changesIn(tree, repository, filled)).length === 0;
    const isOwn = isSame && (await hasNoObjects(join(tree.path, filled.path, '.git/objects')));
    if (!isOwn) touched.push(filled.path);
  }
  const isIn = (path: string) => touched.some((each) => each === path || each.startsWith(`${path}/`));
  return new Set(all.map(({ path }) => path).filter((path) => !isIn(path)));
}

async function changesIn(
  tree: Tree,
  repository: Repository,
  filled: FilledSubmodule,
): Promise<readonly string[]> {
  const path = join(tree.path, filled.path);
  const isThere =
    (await isRealFolder(path)) && (await realpath(path)) === join(await realpath(tree.path), filled.path);
  if (!isThere) return [];
  const owner = { repository: { ...repository, commonDir: filled.source }, person: repository.person };
  const place = privatePlace(filled.folder, owner, path);
  const changes = await readChanges(place, await readGitlinks(place));
  if (!changes.ok) return [changes.failure];
  return [...changes.value.changed, ...changes.value.added].map(shown);
}

/** What an agent committed in there is in no other place. */
async function hasNoObjects(objects: string): Promise<boolean> {
  const [own, packs] = await Promise.all(
    [objects, join(objects, 'pack')].map((it) => readdir(it).catch(() => [])),
  );
  return packs?.length === 0 && own?.every((name) => name === 'info' || name === 'pack') === true;
}
