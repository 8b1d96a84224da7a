import { execFile } from 'node:child_process';
import { realpath, stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { FolderProbe } from '@quarterdeck/core/planning';

const run = promisify(execFile);

/** Looks at folders on this machine: where they really are, whether they are the top of a git repository, which branch is out. */
export const folderProbe: FolderProbe = {
  async inspect(path) {
    const real = await realpath(path).catch(() => null);
    if (real === null || !(await stat(real)).isDirectory()) return null;
    const top = await git(real, ['rev-parse', '--show-toplevel']);
    const isGit = top !== null && (await realpath(top).catch(() => top)) === real;
    return {
      path: real,
      isGit,
      branch: isGit ? await git(real, ['symbolic-ref', '--short', '-q', 'HEAD']) : null,
    };
  },
};

/** The first line git prints, or null when it has nothing to say. */
async function git(folder: string, args: readonly string[]): Promise<string | null> {
  try {
    const { stdout } = await run('git', ['-C', folder, ...args], { timeout: 10_000 });
    return stdout.split('\n')[0]?.trim() || null;
  } catch {
    return null;
  }
}
