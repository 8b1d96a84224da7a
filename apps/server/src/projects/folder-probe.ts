import { opendir, realpath, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import type { FolderProbe } from '@quarterdeck/core/planning';
import { probeGit } from './probe-git.ts';

/** Looks at folders on this machine: where they really are, and what git knows of them. `home` is Quarterdeck's own. */
export function folderProbe(home: string): FolderProbe {
  return {
    async inspect(path, baseBranch) {
      const real = await realpath(path).catch(() => null);
      if (real === null || !(await stat(real)).isDirectory()) return null;
      const [personHome, ownHome, unreadable] = await Promise.all([
        canonical(homedir()),
        canonical(home),
        whyUnreadable(real),
      ]);
      const git = unreadable === null ? await probeGit(real, baseBranch) : ({ state: 'none' } as const);
      return { path: real, unreadable, personHome, ownHome, git };
    },
  };
}

async function canonical(path: string): Promise<string> {
  return realpath(path).catch(() => path);
}

async function whyUnreadable(path: string): Promise<string | null> {
  try {
    await (await opendir(path)).close();
    return null;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'EACCES' || code === 'EPERM' ? 'permission denied' : (error as Error).message;
  }
}
