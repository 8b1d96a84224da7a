import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Makes a git repository with these files in its first commit, on the branch `main`. */
export async function makeRepository(path: string, files: Readonly<Record<string, string>>): Promise<string> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(path, name)), { recursive: true });
    await writeFile(join(path, name), content);
  }
  await git(path, 'init', '-q', '-b', 'main');
  await git(path, 'add', '-A');
  await git(path, 'commit', '-q', '-m', 'Begin');
  return path;
}

/** What git prints in this folder. */
export async function git(path: string, ...args: string[]): Promise<string> {
  // A machine of its own may know nobody.
  const who = ['-c', 'user.name=Test', '-c', 'user.email=test@localhost'];
  const { stdout } = await run('git', ['-C', path, ...who, ...args]);
  return stdout;
}
