import { mkdtemp, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { copyIndex } from './copy-index.ts';
import { temporaryRepository } from './temporary-repository.ts';

afterEach(() => vi.unstubAllEnvs());

test('S2: a change of the same size in the same second is seen through a copy of an index', async () => {
  await using repository = await temporaryRepository({ 'a.txt': 'one\n' });
  const { path, run } = repository;
  const second = Math.floor(Date.now() / 1000) - 60;
  // As it is when file, index and change belong to one second: git compares whole seconds.
  await utimes(join(path, 'a.txt'), second, second);
  await run(['update-index', '--really-refresh']);
  await writeFile(join(path, 'a.txt'), 'two\n');
  await utimes(join(path, 'a.txt'), second, second);
  const index = join(path, '.git/index');
  await utimes(index, second, second);
  const copy = join(path, '.git/copied-index');
  expect(await copyIndex(index, copy)).toBe(true);
  vi.stubEnv('GIT_INDEX_FILE', copy);
  expect(await run(['-c', 'core.trustctime=false', 'diff', '--name-only'])).toBe('a.txt');
});

test('S1: an index that is a link is not copied, and nothing is written through one', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'qd-index-'));
  const [secret, link, target] = ['secret', 'link', 'target'].map((name) => join(folder, name));
  try {
    await writeFile(secret ?? '', 'secret');
    await symlink(secret ?? '', link ?? '');
    expect(await copyIndex(link ?? '', target ?? '')).toBe(false);
    await writeFile(target ?? '', 'index');
    expect(await copyIndex(target ?? '', link ?? '')).toBe(true);
    expect(await readFile(secret ?? '', 'utf8')).toBe('secret');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
