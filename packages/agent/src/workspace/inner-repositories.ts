import { lstat, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve, sep } from 'node:path';
import type { LeftOut } from '@quarterdeck/contract/run';
import { isRealFolder } from './admin-folder.ts';
import { pathOf, shown } from './file-names.ts';
import { git, splitPaths } from './git.ts';
import { makePrivateFolder, privatePlace, readPlain } from './private-folder.ts';
import type { Tree } from './tree.ts';

/**
 * Repositories inside a tree that its commits hold as a pointer only, with something in them that is nowhere else: files no commit of
 * theirs has, or, of one that is no submodule, everything. Their own settings are not read.
 */
export async function findUnheld(tree: Tree, gitlinks: ReadonlySet<string>): Promise<readonly LeftOut[]> {
  const found: LeftOut[] = [];
  let submodules: ReadonlySet<string> | null = null;
  for (const name of gitlinks) {
    const own = await lstat(pathOf(tree.path, `${name}/.git`)).catch(() => null);
    if (own === null) continue;
    submodules ??= await listSubmodules(tree);
    if (!submodules.has(name))
      found.push({
        path: shown(name),
        why: 'it is a git repository of its own, of which the commit holds only a pointer',
      });
    else if (await isDirty(tree, name))
      found.push({
        path: shown(name),
        why: 'it is a submodule with changes that none of its own commits holds',
      });
  }
  return found;
}

async function listSubmodules({ path, place }: Tree): Promise<ReadonlySet<string>> {
  const file = join(path, '.gitmodules');
  if ((await readPlain(file)) === null) return new Set();
  const args = ['config', '--file', file, '--no-includes', '-z', '--get-regexp', '^submodule\\..*\\.path$'];
  const answer = await git(place, args, { encoding: 'latin1' });
  return new Set(splitPaths(answer.stdout).map((entry) => entry.slice(entry.indexOf('\n') + 1)));
}

async function isDirty(tree: Tree, name: string): Promise<boolean> {
  const path = join(tree.path, shown(name));
  const objects = await objectsOf(tree, path);
  if (objects === null || tree.repository === null) return false;
  const folder = await mkdtemp(join(tmpdir(), 'quarterdeck-submodule-'));
  try {
    const owner = { repository: tree.repository, person: tree.repository.person };
    const inner = join(folder, 'git');
    await makePrivateFolder(inner, owner);
    const plain = privatePlace(inner, owner, path);
    const place = { ...plain, env: { ...plain.env, GIT_OBJECT_DIRECTORY: objects } };
    const listed = await git(tree.place, ['ls-files', '--stage', '--', `:(literal)${shown(name)}`]);
    const pointer = listed.stdout.split(' ')[1] ?? '';
    const read = await git(place, ['read-tree', pointer]);
    const status = await git(place, ['status', '--porcelain', '-z', '--ignore-submodules=all']);
    const files = splitPaths(status.stdout).filter((entry) => entry[1] !== ' ');
    return read.code !== 0 || status.code !== 0 || files.length > 0;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The objects of a submodule, when they lie where git puts them: in the repository's git folder or in the submodule itself. */
async function objectsOf({ repository }: Tree, path: string): Promise<string | null> {
  const own = join(path, '.git');
  if (await isRealFolder(own)) return join(own, 'objects');
  const gitDir = /^gitdir: (.+)\n?$/.exec((await readPlain(own)) ?? '')?.[1];
  if (gitDir === undefined || repository === null) return null;
  const real = await realpath(resolve(dirname(own), gitDir)).catch(() => null);
  const root = `${await realpath(repository.commonDir)}${sep}`;
  return real?.startsWith(root) ? join(real, 'objects') : null;
}
