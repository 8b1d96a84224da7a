// A folder with files, and the private git folder that looks at it. The face for whoever keeps, compares or lays files: everything
// below runs with the private folder's settings, index and HEAD; what lies in the folder itself is only ever data.
import { lstat, readFile, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { takeOverExclude } from './exclude-list.ts';
import { clearLeftovers } from './free-of-locks.ts';
import { type GitAnswer, git, gitLine, gitReason, type Place } from './git.ts';
import {
  makePrivateFolder,
  type Ownership,
  privatePlace,
  replaceFile,
  takeOverDepth,
} from './private-folder.ts';
import { isId } from './refs.ts';
import type { Repository } from './repository.ts';
import type { Attempt } from './workspace.ts';
import { attained, failed } from './workspace.ts';

export interface Tree {
  /** The private git folder. */
  readonly folder: string;
  /** The folder with the files. */
  readonly path: string;
  /** The repository whose objects it uses; null when the private folder has objects of its own. */
  readonly repository: Repository | null;
  readonly place: Place;
}

/** Opens the private git folder of some files, and makes it when it is not there yet. */
export async function openTree(folder: string, path: string, owner: Ownership): Promise<Attempt<Tree>> {
  const whyNot = await whyForeign(folder, path);
  if (whyNot !== null) return failed(whyNot);
  await makePrivateFolder(folder, owner);
  return attained({ folder, path, repository: owner.repository, place: privatePlace(folder, owner, path) });
}

/** Opens the private folder anew for a run: what the person may change between two runs is taken over. */
export async function renewTree(folder: string, path: string, owner: Ownership): Promise<Attempt<Tree>> {
  const opened = await openTree(folder, path, owner);
  if (!opened.ok) return opened;
  await clearLeftovers(folder);
  if (owner.repository !== null) {
    await takeOverExclude(dirname(folder), folder, owner.repository);
    await takeOverDepth(folder, owner.repository);
  }
  await replaceFile(join(folder, 'work-tree'), await realpath(path));
  return opened;
}

/** A folder that was replaced by a link would let git read and write what it points at. */
async function whyForeign(folder: string, path: string): Promise<string | null> {
  const found = await lstat(path).catch(() => null);
  if (found === null) return `The folder ${path} is gone.`;
  if (!found.isDirectory())
    return `${path} is no longer a folder of its own but a link or a file, so git does not look at it. Put the folder back, or delete it and start the task again.`;
  const known = await readFile(join(folder, 'work-tree'), 'utf8').catch(() => null);
  const now = await realpath(path);
  if (known === null || known === now) return null;
  return `${path} now leads to ${now} instead of ${known}, so git does not look at it. Put the folder back, or delete it and start the task again.`;
}

/** Brings index and HEAD of the private folder to a commit; files are not touched, and what git knows of unchanged ones is kept. */
export async function syncTo(tree: Tree, commit: string): Promise<Attempt<null>> {
  if ((await headOf(tree)) === commit) return attained(null);
  const answer = await git(tree.place, ['read-tree', '--reset', commit]);
  if (answer.code !== 0) return failed(`git cannot read commit ${commit}: ${gitReason(answer)}.`);
  await setHead(tree, commit);
  return attained(null);
}

/** Lays the files of a commit and removes those of the one before; what lies in the way is overwritten. */
export async function checkOut(tree: Tree, commit: string): Promise<GitAnswer> {
  const answer = await git(tree.place, ['read-tree', '--reset', '-u', commit], { timeoutMs: 30 * 60_000 });
  if (answer.code === 0) await setHead(tree, commit);
  return answer;
}

/** The commit that index and HEAD of the private folder were last brought to. */
export async function headOf({ folder }: Tree): Promise<string | null> {
  const text = (await readFile(join(folder, 'HEAD'), 'utf8').catch(() => '')).trim();
  return isId(text) ? text : null;
}

export async function setHead({ folder }: Tree, commit: string): Promise<void> {
  await replaceFile(join(folder, 'HEAD'), `${commit}\n`);
}

/** The tree of what is in the index. */
export async function writeTree({ place }: Tree): Promise<Attempt<string>> {
  const answer = await git(place, ['write-tree']);
  return answer.code === 0 ? attained(answer.stdout.trim()) : failed(`${gitReason(answer)}.`);
}

export interface CommitText {
  readonly tree: string;
  readonly parents: readonly string[];
  readonly message: string;
}

/** Makes a commit of a tree; its message is taken as it is. */
export async function commitTree(
  place: Place,
  { tree, parents, message }: CommitText,
): Promise<Attempt<string>> {
  const args = ['commit-tree', tree, ...parents.flatMap((parent) => ['-p', parent]), '-F', '-'];
  const answer = await git(place, args, { input: message });
  return answer.code === 0 ? attained(answer.stdout.trim()) : failed(gitReason(answer));
}

/** The id when it is a commit that can be read here; null otherwise. */
export async function resolveCommit(place: Place, revision: string | null): Promise<string | null> {
  if (revision === null) return null;
  return gitLine(place, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`]);
}

/** Whether all of `commit` is already in `revision`. */
export async function isContained(place: Place, commit: string, revision: string): Promise<boolean> {
  return (await git(place, ['merge-base', '--is-ancestor', commit, revision])).code === 0;
}
