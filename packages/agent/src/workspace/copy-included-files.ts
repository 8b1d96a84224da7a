import { constants } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { git, gitLine, splitPaths } from './git.ts';

const INCLUDE_FILE = '.worktreeinclude';

/**
 * Copies the ignored files that the repository's `.worktreeinclude` names (ignore-file syntax), such as `.env`, into a fresh
 * worktree. Files that git does not ignore are left out: they would end up in the task's commit. Returns the copied paths.
 */
export async function copyIncludedFiles(
  repositoryPath: string,
  worktree: string,
): Promise<readonly string[]> {
  const source = await gitLine(repositoryPath, ['rev-parse', '--path-format=absolute', '--show-toplevel']);
  if (source === null) return [];
  const named = await git(source, [
    'ls-files',
    '--others',
    '--ignored',
    `--exclude-from=${INCLUDE_FILE}`,
    '-z',
  ]);
  if (named.code !== 0 || named.stdout === '') return [];
  const ignored = await git(source, ['check-ignore', '--stdin', '-z'], { input: named.stdout });
  const paths = splitPaths(ignored.stdout).filter((path) => !path.endsWith('/'));
  for (const path of paths) {
    await cp(join(source, path), join(worktree, path), {
      recursive: true,
      force: false,
      verbatimSymlinks: true,
      mode: constants.COPYFILE_FICLONE,
    });
  }
  return paths;
}
