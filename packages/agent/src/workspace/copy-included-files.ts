import { constants } from 'node:fs';
import { copyFile, lstat, mkdir, readlink, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isRealFolder } from './admin-folder.ts';
import { pathOf, shown } from './file-names.ts';
import { git, type Place, splitPaths } from './git.ts';
import { findTop, type Repository } from './repository.ts';

const INCLUDE_FILE = '.worktreeinclude';

/**
 * Copies the ignored files that the repository's `.worktreeinclude` names (ignore-file syntax), such as `.env`, into a fresh
 * worktree. Files that git does not ignore are left out: they would end up in the task's commit. A branch may hold a link where the
 * repository has a folder: nothing is written through one. Returns the copied paths.
 */
export async function copyIncludedFiles(
  repository: Repository,
  reader: Place,
  worktree: string,
): Promise<readonly string[]> {
  const source = await findTop(repository.path);
  if (source === null) return [];
  // Without an index everything is untracked: what git tracks is filtered out by asking whether it is ignored.
  const place = {
    cwd: source,
    env: { ...reader.env, GIT_WORK_TREE: source, GIT_INDEX_FILE: join(repository.gitDir, 'index') },
  };
  const listed = ['ls-files', '--others', '--ignored', `--exclude-from=${INCLUDE_FILE}`, '-z'];
  const named = await git(place, listed, { encoding: 'latin1' });
  if (named.code !== 0 || named.stdout === '') return [];
  const asked = { input: named.stdout, encoding: 'latin1' } as const;
  const ignored = await git(place, ['check-ignore', '--stdin', '-z'], asked);
  const copied: string[] = [];
  for (const path of splitPaths(ignored.stdout).filter((name) => !name.endsWith('/')))
    if (await copyInto(source, worktree, path)) copied.push(shown(path));
  return copied;
}

async function copyInto(source: string, worktree: string, path: string): Promise<boolean> {
  if (!(await makeFolders(worktree, dirname(path)))) return false;
  const [from, to] = [pathOf(source, path), pathOf(worktree, path)];
  const found = await lstat(from).catch(() => null);
  const isTaken = await lstat(to).then(
    () => true,
    () => false,
  );
  if (found === null || isTaken) return false;
  if (found.isSymbolicLink()) await symlink(await readlink(from), to);
  else if (found.isFile()) await copyFile(from, to, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL);
  else return false;
  return true;
}

/** Makes the folders a file goes into, one by one; false when one of them is a link or a file. */
async function makeFolders(worktree: string, folder: string): Promise<boolean> {
  if (folder === '.') return true;
  let path = '';
  for (const part of folder.split('/')) {
    path = path === '' ? part : `${path}/${part}`;
    const at = pathOf(worktree, path);
    await mkdir(at).catch(() => undefined);
    if (!(await isRealFolder(at))) return false;
  }
  return true;
}
