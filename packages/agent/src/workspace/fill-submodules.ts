// Submodules of a worktree are filled from what is on this machine, and nothing is fetched. Their git folders are taken for hostile,
// because agents can write there: only objects are read from them, by a private git folder for each submodule.
import { mkdir, readdir, realpath, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { isRealFolder } from './admin-folder.ts';
import { copyIndex } from './copy-index.ts';
import { quoted, shown } from './file-names.ts';
import { type FilledSubmodule, noteFilled } from './filled-submodules.ts';
import { git, gitReason, type Place, splitPaths } from './git.ts';
import { makePrivateFolder, privatePlace } from './private-folder.ts';
import { isolation, type Repository } from './repository.ts';
import { checkOut, resolveCommit, type Tree } from './tree.ts';
import type { OnProgress } from './workspace.ts';

/** Submodules inside submodules, as deep as this. */
const DEEPEST = 8;

interface Level {
  readonly tree: Tree;
  /** Git folders that may hold those of the submodules. */
  readonly gitDirs: readonly string[];
  /** Where people have the files, for a submodule with a git folder of its own in it; null inside submodules. */
  readonly top: string | null;
  readonly depth: number;
}

interface Filling {
  readonly repository: Repository;
  readonly tree: Tree;
  readonly top: string | null;
}

/** Fills the submodules of a fresh worktree, nested ones too. Gives what the agent and a person should know about the rest. */
export async function fillSubmodules(
  { repository, tree, top }: Filling,
  onProgress: OnProgress,
): Promise<readonly string[]> {
  const filled: FilledSubmodule[] = [];
  const missing: string[] = [];
  const levels: Level[] = [{ tree, top, depth: 0, gitDirs: [repository.gitDir, repository.commonDir] }];
  for (let level = levels.pop(); level !== undefined; level = levels.pop()) {
    const names = await readNames(level.tree.place);
    for (const { path, id } of await readLinks(level.tree.place)) {
      const target = join(level.tree.path, shown(path));
      const label = relative(tree.path, target);
      const source = await findSource(level, { path, name: names.get(path) ?? path });
      const folder = join(tree.folder, 'submodules', String(filled.length));
      const inner = source && (await fillOne({ repository, source, folder, target, id }));
      if (!inner || source === null) {
        missing.push(label);
        continue;
      }
      onProgress(`Filled the submodule ${label}.`);
      filled.push({ path: label, folder, source });
      if (level.depth < DEEPEST)
        levels.push({ tree: inner, gitDirs: [source], top: null, depth: level.depth + 1 });
    }
  }
  if (filled.length > 0) await noteFilled(tree, filled);
  return missing.length === 0 ? [] : [describeMissing(repository, missing)];
}

function describeMissing({ path }: Repository, missing: readonly string[]): string {
  const [is, them] = missing.length === 1 ? ['submodule is', 'it'] : ['submodules are', 'them'];
  return `The ${is} empty in this worktree, because the files are not on this machine: ${missing.join(', ')}. Fill ${them} in the project, then start the task again: git -C ${quoted(path)} submodule update --init --recursive`;
}

interface Link {
  /** Bytes as latin1. */
  readonly path: string;
  readonly id: string;
}

async function readLinks(place: Place): Promise<readonly Link[]> {
  const answer = await git(place, ['ls-files', '--stage', '-z'], { encoding: 'latin1' });
  return splitPaths(answer.stdout).flatMap((entry) => {
    const match = /^160000 ([0-9a-f]+) 0\t(.*)$/s.exec(entry);
    return match?.[1] && match[2] ? [{ id: match[1], path: match[2] }] : [];
  });
}

/** What the submodules are called, by their paths. */
async function readNames(place: Place): Promise<ReadonlyMap<string, string>> {
  const asked = ['config', '--blob', ':.gitmodules', '-z', '--get-regexp', '^submodule\\..*\\.path$'];
  const answer = await git(place, asked, { encoding: 'latin1' });
  const entries = splitPaths(answer.stdout).map((entry): [string, string] => {
    const end = entry.indexOf('\n');
    return [entry.slice(end + 1), entry.slice('submodule.'.length, end - '.path'.length)];
  });
  return new Map(entries);
}

/** The git folder of a submodule on this machine. What a branch calls it must not lead anywhere else. */
async function findSource(
  { gitDirs, top }: Level,
  { path, name }: { readonly path: string; readonly name: string },
): Promise<string | null> {
  const isPlain = name.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
  const within = gitDirs.map((dir) => [join(dir, 'modules'), shown(name)] as const);
  const places = [
    ...(isPlain ? within : []),
    ...(top === null ? [] : [[top, join(shown(path), '.git')] as const]),
  ];
  for (const [root, inner] of places) {
    const [around, source] = await Promise.all(
      [root, join(root, inner)].map((it) => realpath(it).catch(() => null)),
    );
    if (!around || !source?.startsWith(`${around}/`)) continue;
    if (await isRealFolder(join(source, 'objects'))) return source;
  }
  return null;
}

interface One {
  readonly repository: Repository;
  readonly source: string;
  readonly folder: string;
  readonly target: string;
  readonly id: string;
}

/** Lays the files of a submodule's commit into its empty folder, and a git folder for the agent's own git. Null when that is not possible. */
async function fillOne({ repository, source, folder, target, id }: One): Promise<Tree | null> {
  if (!(await isRealFolder(target)) || (await readdir(target)).length > 0) return null;
  const owner = { repository: { ...repository, commonDir: source }, person: repository.person };
  await makePrivateFolder(folder, owner);
  const tree: Tree = {
    folder,
    path: target,
    repository: owner.repository,
    place: privatePlace(folder, owner, target),
  };
  if ((await resolveCommit(tree.place, id)) !== id) return null;
  const laid = await checkOut(tree, id);
  if (laid.code !== 0) throw new Error(`The submodule at ${target} could not be filled: ${gitReason(laid)}`);
  await giveGitFolder(tree, { repository, source, id });
  return tree;
}

/** The agent's git finds a repository of its own here, which borrows the objects it was filled from and has nothing else of them. */
async function giveGitFolder(
  { folder, path }: Tree,
  {
    repository,
    source,
    id,
  }: { readonly repository: Repository; readonly source: string; readonly id: string },
): Promise<void> {
  const own = join(path, '.git');
  const place = { cwd: path, env: { GIT_DIR: own, ...isolation('/dev/null') } };
  const format = repository.objectFormat || 'sha1';
  const made = await git(place, ['init', '--quiet', '--template=', `--object-format=${format}`, '--', path]);
  if (made.code !== 0) throw new Error(`The submodule at ${path} got no git folder: ${gitReason(made)}`);
  await mkdir(join(own, 'objects/info'), { recursive: true });
  await writeFile(join(own, 'objects/info/alternates'), `${join(source, 'objects')}\n`);
  await writeFile(join(own, 'HEAD'), `${id}\n`);
  await copyIndex(join(folder, 'index'), join(own, 'index'));
}
