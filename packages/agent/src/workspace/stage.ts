import { access, constants, lstat } from 'node:fs/promises';
import type { LeftOut } from '@quarterdeck/contract/run';
import { pathOf, shown } from './file-names.ts';
import { git, gitReason, type Place, splitPaths } from './git.ts';
import { findUnheld } from './inner-repositories.ts';
import { findSpecialFiles } from './special-files.ts';
import type { Tree } from './tree.ts';
import { type Attempt, attained, failed } from './workspace.ts';

/** What differs between the index of a tree and its files. Names are latin1: bytes, one to one. */
export interface Changes {
  readonly changed: readonly string[];
  readonly added: readonly string[];
  /** Folders with a git repository of their own, or whose submodule is at another commit. */
  readonly nested: readonly string[];
  readonly ignored: readonly string[];
}

/** Compares files with an index, whichever the place names, below the folder it starts in. Nothing inside a nested repository is looked at. */
export async function readChanges(place: Place, gitlinks: ReadonlySet<string>): Promise<Attempt<Changes>> {
  const answer = await git(
    place,
    [
      ...['status', '--porcelain', '-z', '--untracked-files=all', '--ignored=matching'],
      ...['--ignore-submodules=dirty', '--no-renames', '--', '.'],
    ],
    { encoding: 'latin1' },
  );
  if (answer.code !== 0) return failed(`git cannot compare the files: ${gitReason(answer)}`);
  const entries = splitPaths(answer.stdout).map((entry) => ({
    code: entry.slice(0, 2),
    path: entry.slice(3),
  }));
  const pick = (wanted: (code: string) => boolean) =>
    entries.filter(({ code }) => wanted(code)).map(({ path }) => path);
  const untracked = pick((code) => code === '??');
  const differing = pick((code) => !/^(\?\?|!!|.D)$/.test(code) && code[1] !== ' ');
  return attained({
    changed: [...differing.filter((path) => !gitlinks.has(path)), ...pick((code) => code[1] === 'D')],
    added: untracked.filter((path) => !path.endsWith('/')),
    nested: [
      ...untracked.filter((path) => path.endsWith('/')),
      ...differing.filter((path) => gitlinks.has(path)),
    ],
    ignored: pick((code) => code === '!!'),
  });
}

/** Puts everything that can be committed into the index of a tree, and says what was left out. `also` are ignored files to take along. */
export async function stageAll(
  tree: Tree,
  also: readonly string[] = [],
): Promise<Attempt<readonly LeftOut[]>> {
  const gitlinks = await readGitlinks(tree.place);
  const read = await readChanges(tree.place, gitlinks);
  if (!read.ok) return read;
  const changes = read.value;
  const pointers = await findUnheld(tree, gitlinks);
  const paths = [...new Set([...changes.changed, ...changes.added, ...also.filter(isPlainName)])];
  const sorted = await sortByKind(tree.path, paths, changes.nested);
  const left: LeftOut[] = [...sorted.left, ...pointers, ...nameNested(changes.nested)];
  await updateIndex(tree.place, { paths: sorted.gone, args: ['--force-remove'], left });
  await updateIndex(tree.place, { paths: sorted.files, args: ['--add', '--remove', '--replace'], left });
  left.unshift(...(await findPassedOver(tree.place, sorted.files)));
  const special = await findSpecialFiles(tree.path, changes.ignored);
  left.push(...special.map((path) => ({ path: shown(path), why: 'it is neither a file nor a folder' })));
  return attained(dedupe(left));
}

/** Files of names that git passes over without an error, such as `.GIT`, which another system would take for its own folder. */
export async function findPassedOver(place: Place, paths: readonly string[]): Promise<readonly LeftOut[]> {
  if (paths.length === 0) return [];
  const listed = await git(place, ['ls-files', '-z', '--full-name'], { encoding: 'latin1' });
  const held = new Set(splitPaths(listed.stdout));
  const why = 'git takes no file of this name, which some systems cannot tell from .git';
  return paths.filter((path) => !held.has(path)).map((path) => ({ path: shown(path), why }));
}

/** The names of submodules in an index. */
export async function readGitlinks(place: Place): Promise<ReadonlySet<string>> {
  const answer = await git(place, ['ls-files', '--stage', '-z'], { encoding: 'latin1' });
  const links = splitPaths(answer.stdout).filter((entry) => entry.startsWith('160000 '));
  return new Set(links.map((entry) => entry.slice(entry.indexOf('\t') + 1)));
}

export function nameNested(nested: readonly string[]): readonly LeftOut[] {
  return nested.map((path) => ({
    path: shown(path),
    why: 'it is a git repository of its own, whose files a commit cannot hold',
  }));
}

async function sortByKind(folder: string, paths: readonly string[], nested: readonly string[]) {
  const inTheWay = new Set(nested.map((path) => path.replace(/\/$/, '')));
  const files: string[] = [];
  const gone: string[] = [];
  const left: LeftOut[] = [];
  await Promise.all(
    paths.map(async (path) => {
      const found = await lstat(pathOf(folder, path)).catch(() => null);
      if (found?.isDirectory() && (await isRepository(folder, path))) left.push(...nameNested([`${path}/`]));
      if (inTheWay.has(path) || found === null || found.isDirectory()) gone.push(path);
      else if (found.isSymbolicLink()) files.push(path);
      else if (!found.isFile()) left.push({ path: shown(path), why: 'it is neither a file nor a folder' });
      else if (await isReadable(pathOf(folder, path))) files.push(path);
      else left.push({ path: shown(path), why: 'it cannot be read' });
    }),
  );
  return { files, gone, left };
}

async function isRepository(folder: string, path: string): Promise<boolean> {
  return lstat(pathOf(folder, `${path}/.git`)).then(
    () => true,
    () => false,
  );
}

function isReadable(path: Buffer): Promise<boolean> {
  return access(path, constants.R_OK).then(
    () => true,
    () => false,
  );
}

/** More bad files than this are named together: each costs some runs of git to find. */
const MOST_SEARCHED = 100;

interface Update {
  readonly paths: readonly string[];
  readonly args: readonly string[];
  /** Takes up what could not be staged. */
  readonly left: LeftOut[];
}

/** git stages all of a list or nothing; the bad ones are found by halving, so that they do not keep the good ones out. */
async function updateIndex(place: Place, { paths, args, left }: Update): Promise<void> {
  if (paths.length === 0) return;
  const input = paths.map((path) => `${path}\0`).join('');
  const answer = await git(place, ['update-index', ...args, '-z', '--stdin'], { input, encoding: 'latin1' });
  if (answer.code === 0) return;
  const why = gitReason(answer);
  if (paths.length === 1 || left.length > MOST_SEARCHED) {
    left.push(...paths.map((path) => ({ path: shown(path), why })));
    return;
  }
  const middle = Math.ceil(paths.length / 2);
  await updateIndex(place, { paths: paths.slice(0, middle), args, left });
  await updateIndex(place, { paths: paths.slice(middle), args, left });
}

function isPlainName(path: string): boolean {
  return !path.startsWith('/') && !path.split('/').some((part) => /^(|\.|\.\.|\.git)$/i.test(part));
}

function dedupe(left: readonly LeftOut[]): readonly LeftOut[] {
  const seen = new Map(left.map((item) => [item.path, item]));
  return [...seen.values()].sort((one, other) => (one.path < other.path ? -1 : 1));
}
