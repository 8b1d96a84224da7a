// The folder in a repository's git folder where git keeps what it knows of one worktree: HEAD, index, what is under way. The agent
// writes there, so everything in it is data, and nothing is read or written through a link.
import { lstat, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { readPlain, replaceFile } from './private-folder.ts';
import { realPath } from './real-path.ts';
import type { Repository } from './repository.ts';

/** The admin folder of the worktree at a path; null when the repository has none for it. */
export async function findAdmin({ commonDir }: Repository, path: string): Promise<string | null> {
  const root = join(commonDir, 'worktrees');
  if (!(await isRealFolder(root))) return null;
  const wanted = new Set([join(path, '.git'), join(await realPath(path), '.git')]);
  for (const name of await readdir(root)) {
    const admin = join(root, name);
    if (!(await isRealFolder(admin))) continue;
    const gitFile = (await readPlain(join(admin, 'gitdir')))?.trimEnd();
    if (gitFile !== undefined && wanted.has(gitFile)) return admin;
  }
  return null;
}

/** Makes an admin folder lead back to its worktree, or makes it anew with HEAD on the branch. False when something is in the way. */
export async function restoreAdmin(admin: string, path: string, branch: string): Promise<boolean> {
  if (await isOwnAdmin(admin)) {
    await leadBack(admin, path);
    return true;
  }
  const root = dirname(admin);
  if (!(await isRealFolder(dirname(root)))) return false;
  if (!(await isRealFolder(root)) && (await isThere(root))) return false;
  if (await isThere(admin)) return false;
  await mkdir(admin, { recursive: true });
  await leadBack(admin, path);
  await replaceFile(join(admin, 'HEAD'), `ref: refs/heads/${branch}\n`);
  return true;
}

/** Whether an admin folder lies in the repository itself: a link above it would lead elsewhere whatever is written or deleted there. */
export async function isOwnAdmin(admin: string): Promise<boolean> {
  const root = dirname(admin);
  for (const folder of [dirname(root), root, admin]) if (!(await isRealFolder(folder))) return false;
  return true;
}

/** Its own files say which repository and which worktree it belongs to. */
async function leadBack(admin: string, path: string): Promise<void> {
  const known = { commondir: '../..\n', gitdir: `${join(path, '.git')}\n` };
  for (const [name, content] of Object.entries(known))
    if ((await readPlain(join(admin, name))) !== content) await replaceFile(join(admin, name), content);
}

/** Forgets a worktree whose files are gone already. A link is removed itself, never what it points at. */
export async function removeAdmin(admin: string): Promise<void> {
  const root = dirname(admin);
  if (!(await isRealFolder(dirname(root))) || !(await isRealFolder(root))) return;
  await rm(admin, { recursive: true, force: true, maxRetries: 3 });
}

/** What the `.git` file of a worktree must say. */
export function gitFileOf(admin: string): string {
  return `gitdir: ${admin}\n`;
}

/**
 * Puts the `.git` file of a worktree back when it is not what we wrote. A repository in its place is set aside, where its commits can
 * still be found. Says what it found; null when all is well.
 */
export async function mendGitFile(path: string, admin: string): Promise<string | null> {
  const file = join(path, '.git');
  const found = await lstat(file).catch(() => null);
  if (found?.isFile() && (await readPlain(file)) === gitFileOf(admin)) return null;
  const isRepository = found?.isDirectory() === true;
  const aside = `${path}-git-set-aside-${Date.now()}`;
  if (isRepository) await rename(file, aside);
  await replaceFile(file, gitFileOf(admin));
  if (found === null) return `The .git file of the workspace was gone; it was put back.`;
  return isRepository
    ? `The agent had put a git repository of its own into the workspace in place of its .git file. Its files were kept; that repository, with the commits in it, is now at ${aside}.`
    : `The .git file of the workspace led elsewhere; it was put back, and nothing was read from there.`;
}

export async function isRealFolder(path: string | Buffer): Promise<boolean> {
  return lstat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
