import { execFileSync } from 'node:child_process';
import { closeSync, existsSync, readFileSync, writeSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openToAppend, openToRead } from './open-plain.ts';

const OBSTACLES = [
  ['a link to a file', 'ln -s secret log'],
  ['a hard link', 'ln secret log'],
  ['a dangling link', 'ln -s none log'],
  ['a link to a folder', 'mkdir folder; ln -s folder log'],
  ['a pipe', 'mkfifo log'],
  ['a full folder', 'mkdir -p log/deep'],
] as const;

it.each(OBSTACLES)('S8: writes a log of its own and reads nothing where %s lies', async (_, script) => {
  const folder = await mkdtemp(join(tmpdir(), 'qd-plain-'));
  execFileSync('sh', ['-c', `printf secret > secret; ${script}`], { cwd: folder });
  const log = join(folder, 'log');
  expect(openToRead(log)).toBeNull();
  for (const text of ['one ', 'two']) {
    const file = openToAppend(log);
    writeSync(file, text);
    closeSync(file);
  }
  expect(readFileSync(log, 'utf8')).toBe('one two');
  expect(readFileSync(join(folder, 'secret'), 'utf8')).toBe('secret');
  expect(existsSync(join(folder, 'none'))).toBe(false);
  await rm(folder, { recursive: true });
});
