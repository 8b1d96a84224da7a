import { createHash } from 'node:crypto';
import { lstat, readdir, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findAdmin, gitFileOf, isRealFolder } from './admin-folder.ts';
import { copyIndex } from './copy-index.ts';
import { type GitAnswer, git, gitReason, splitPaths } from './git.ts';
import { type Landing, type Outcome, refused } from './landing.ts';
import { makePrivateFolder, privatePlace, readPlain } from './private-folder.ts';
import type { Repository } from './repository.ts';
import { setHead, type Tree } from './tree.ts';

export interface Step {
  readonly commit: string;
  /** Moves the branch itself. */
  readonly move: () => Promise<true | 'moved' | Outcome>;
}

/**
 * Brings a person's folder along with its branch, through a private git folder: nothing that the repository's settings name is run.
 * git refuses, before it touches anything, when a change or a new file of the folder is in the way. While it works the folder's index
 * is locked, as git's own commands do; a lock that a killed landing left is known by its text.
 */
export async function bringAlong(
  holder: string,
  landing: Landing,
  step: Step,
): Promise<true | 'moved' | Outcome> {
  const { repository, into } = landing;
  const gitDir = await gitDirOf(repository, holder);
  const because = (why: string) =>
    refused(`${into} is checked out in ${holder}, which ${why} Nothing was changed.`);
  if (gitDir === null)
    return because(
      'does not lead back to this repository. Switch it to another branch or repair it, then land again.',
    );
  const busy = await whatIsUnderWay(gitDir);
  if (busy !== null)
    return because(`is in the middle of something (${busy}). Finish or abort that there, then land again.`);
  const lock = join(gitDir, 'index.lock');
  const isResumed = (await readPlain(lock)) === LOCK_TEXT;
  if (isResumed) await rm(lock, { force: true });
  if (!(await takeLock(lock)))
    return because(
      `is locked by another git command. When none runs there any more, delete ${lock}, then land again.`,
    );
  try {
    return await bringLocked({ holder, gitDir, landing, isResumed }, step);
  } finally {
    await rm(lock, { force: true });
  }
}

const LOCK_TEXT = 'Quarterdeck is landing work here.\n';

function takeLock(lock: string): Promise<boolean> {
  return writeFile(lock, LOCK_TEXT, { flag: 'wx' }).then(
    () => true,
    () => false,
  );
}

interface Hold {
  readonly holder: string;
  readonly gitDir: string;
  readonly landing: Landing;
  readonly isResumed: boolean;
}

async function bringLocked(hold: Hold, { commit, move }: Step): Promise<true | 'moved' | Outcome> {
  const { holder, landing, gitDir, isResumed } = hold;
  const { base, into } = landing;
  const tree = await openHolder(hold);
  try {
    await git(tree.place, ['update-index', '-q', '--refresh']);
    if (isResumed) await takeInHalf(tree, base, commit);
    const sparse = await sparseSettings(landing.repository, gitDir, tree);
    const step = (from: string, to: string) =>
      git(tree.place, [...sparse, 'read-tree', '-m', '-u', from, to], { timeoutMs: 30 * 60_000 });
    const laid = await step(base, commit);
    if (laid.code !== 0) return refused(explain(holder, into, laid));
    await giveIndex(tree, gitDir);
    const moved = await move();
    if (moved === true) return true;
    await step(commit, base);
    await giveIndex(tree, gitDir);
    return moved;
  } finally {
    await rm(tree.folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** A private folder with a copy of the folder's index: what git knows of its files, and no settings of its own. */
async function openHolder({ holder, gitDir, landing }: Hold): Promise<Tree> {
  const { repository, request, base } = landing;
  const folder = join(
    request.trees,
    `checkout-${createHash('sha256').update(gitDir).digest('hex').slice(0, 24)}`,
  );
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  const owner = { repository, person: repository.person };
  await makePrivateFolder(folder, owner);
  const parts = await readdir(gitDir);
  for (const name of parts.filter((part) => part === 'index' || part.startsWith('sharedindex.')))
    await copyIndex(join(gitDir, name), join(folder, name));
  const tree = { folder, path: holder, repository, place: privatePlace(folder, owner, holder) };
  await setHead(tree, base);
  return tree;
}

/** A landing that was killed has laid some files already: those that are as they will be are no changes of the person. */
async function takeInHalf({ place }: Tree, base: string, commit: string): Promise<void> {
  const named = await git(place, ['diff-tree', '-r', '-z', '--name-only', '--no-renames', base, commit], {
    encoding: 'latin1',
  });
  const trial = { GIT_INDEX_FILE: join(place.env.GIT_DIR ?? '', 'trial-index') };
  await copyIndex(join(place.env.GIT_DIR ?? '', 'index'), trial.GIT_INDEX_FILE);
  const update = ['update-index', '--add', '--remove', '--replace', '-z', '--stdin'];
  await git(place, update, { input: named.stdout, encoding: 'latin1', env: trial });
  const other = await git(
    place,
    ['diff-index', '--cached', '-z', '--name-only', '--no-renames', commit, '--'],
    {
      encoding: 'latin1',
      env: trial,
    },
  );
  const differing = new Set(splitPaths(other.stdout));
  const laid = splitPaths(named.stdout).filter((path) => !differing.has(path));
  await git(place, update, { input: laid.map((path) => `${path}\0`).join(''), encoding: 'latin1' });
}

async function giveIndex(tree: Tree, gitDir: string): Promise<void> {
  const unfinished = join(gitDir, `index.quarterdeck-${process.pid}`);
  await copyIndex(join(tree.folder, 'index'), unfinished);
  await rename(unfinished, join(gitDir, 'index'));
}

/** A folder that shows only a part of its files goes on doing so. */
async function sparseSettings(
  repository: Repository,
  gitDir: string,
  tree: Tree,
): Promise<readonly string[]> {
  const { refs, commonDir } = repository;
  const place = { ...refs, env: { ...refs.env, GIT_DIR: gitDir, GIT_COMMON_DIR: commonDir } };
  const asked = (name: string) => git(place, ['config', '--type=bool', '--get', name]);
  const patterns = await readPlain(join(gitDir, 'info/sparse-checkout'));
  if (patterns === null || (await asked('core.sparseCheckout')).stdout.trim() !== 'true') return [];
  await writeFile(join(tree.folder, 'info/sparse-checkout'), patterns);
  const isCone = (await asked('core.sparseCheckoutCone')).stdout.trim() === 'true';
  return ['-c', 'core.sparseCheckout=true', '-c', `core.sparseCheckoutCone=${isCone}`];
}

/** The git folder of a checkout, when the two lead to each other. */
async function gitDirOf(repository: Repository, holder: string): Promise<string | null> {
  const own = join(holder, '.git');
  const found = await lstat(own).catch(() => null);
  if (found?.isDirectory() || found?.isSymbolicLink()) {
    const real = await realpath(own).catch(() => null);
    return real === (await realpath(repository.commonDir)) ? repository.commonDir : null;
  }
  const text = await readPlain(own);
  const leadsHere = text !== null && text.trimEnd() === `gitdir: ${repository.commonDir}`;
  if (leadsHere) return repository.commonDir;
  const admin = await findAdmin(repository, holder);
  return admin !== null && text?.trimEnd() === gitFileOf(admin).trimEnd() ? admin : null;
}

async function whatIsUnderWay(gitDir: string): Promise<string | null> {
  for (const name of ['MERGE_HEAD', 'CHERRY_PICK_HEAD', 'REVERT_HEAD'])
    if ((await readPlain(join(gitDir, name))) !== null) return name;
  for (const name of ['rebase-merge', 'rebase-apply'])
    if (await isRealFolder(join(gitDir, name))) return name;
  return null;
}

function explain(holder: string, into: string, answer: GitAnswer): string {
  const inTheWay = fileNames(answer.stderr);
  const why =
    inTheWay.length > 0
      ? `has changes of its own in files that this would change (${inTheWay.join(', ')})`
      : `cannot take it: ${gitReason(answer)}`;
  return `${into} is checked out in ${holder}, which ${why}. Commit or stash them there, then land again. Nothing was changed.`;
}

function fileNames(stderr: string): readonly string[] {
  const listed = [...stderr.matchAll(/^error: (?:Entry|Untracked working tree file|Updating) '(.+?)'/gm)].map(
    ([, name = '']) => name,
  );
  return listed.length > 5 ? [...listed.slice(0, 5), `${listed.length - 5} more`] : listed;
}
