import { link, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { measureFolder } from './measure-folder.ts';

const KIB = 1024;
let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'qd-measure-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const fill = (name: string, kib: number) => writeFile(join(folder, name), Buffer.alloc(kib * KIB, 1));

it('counts what files take, at any depth, once for all their names', async () => {
  await mkdir(join(folder, 'a', 'b'), { recursive: true });
  await fill('one', 100);
  await fill('a/b/two', 300);
  const before = (await measureFolder(folder)) ?? 0;
  expect(before).toBeGreaterThanOrEqual(400 * KIB);
  expect(before).toBeLessThan(500 * KIB);
  await link(join(folder, 'one'), join(folder, 'twin'));
  expect(await measureFolder(folder)).toBe(before);
});

it('follows no links and counts no shared git objects', async () => {
  await mkdir(join(folder, 'work', '.git', 'objects'), { recursive: true });
  await fill('outside', 300);
  await symlink(join(folder, 'outside'), join(folder, 'work', 'link'));
  await symlink(folder, join(folder, 'work', 'loop'));
  await fill('work/.git/objects/pack', 300);
  expect(await measureFolder(join(folder, 'work'))).toBeLessThan(100 * KIB);
});

it('gives up beyond its limits, and finds nothing where nothing is', async () => {
  for (let file = 0; file < 10; file += 1) await fill(`f${file}`, 1);
  expect(await measureFolder(folder, { timeMs: 5_000, entries: 9 })).toBeNull();
  expect(await measureFolder(folder, { timeMs: -1, entries: 100 })).toBeNull();
  expect(await measureFolder(join(folder, 'gone'))).toBe(0);
});
