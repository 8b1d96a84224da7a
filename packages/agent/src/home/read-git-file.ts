import type { ExecFileException } from 'node:child_process';
import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';

/** One line of a git settings file. `value` is null for a key that stands alone and means yes. */
export interface GitSetting {
  readonly key: string;
  readonly value: string | null;
}

const DEADLINE_MS = 10_000;

/** The lines of one git settings file in their order, includes not followed; none when there is no file. Null when git stops at it. */
export async function readGitFile(path: string): Promise<readonly GitSetting[] | null> {
  // A pipe would be waited for.
  if (!(await stat(path).catch(() => null))?.isFile()) return [];
  const args = ['config', '--file', path, '--no-includes', '--list', '--null'];
  return new Promise((resolve) => {
    // The root folder is in no repository, so no other settings are looked at.
    const options = { cwd: '/', maxBuffer: 16 * 1024 * 1024, timeout: DEADLINE_MS };
    execFile('git', args, options, (error, stdout) =>
      resolve(error === null || isNotInstalled(error) ? splitLines(stdout) : null),
    );
  });
}

function isNotInstalled(error: ExecFileException): boolean {
  return String(error.code) === 'ENOENT';
}

function splitLines(stdout: string): readonly GitSetting[] {
  return stdout
    .split('\0')
    .filter((line) => line !== '')
    .map((line) => {
      const end = line.indexOf('\n');
      return end === -1
        ? { key: line, value: null }
        : { key: line.slice(0, end), value: line.slice(end + 1) };
    });
}
