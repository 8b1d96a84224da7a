import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeTemp } from '../testing/make-temp.ts';
import { watchFolder } from './watch-folder.ts';

it('A14: tells of a new, a changed and a removed file, each once after the writing has stopped', async () => {
  await using temp = await makeTemp();
  const folder = join(temp.path, 'profiles');
  let told = 0;
  const onChange = () => {
    told += 1;
  };
  const watch = await watchFolder(folder, { onChange, log: () => undefined });
  const file = join(folder, 'mine.json');
  await writeFile(file, '{');
  await writeFile(file, '{}');
  await expect.poll(() => told, { timeout: 5_000 }).toBe(1);
  await writeFile(file, '{ }');
  await expect.poll(() => told, { timeout: 5_000 }).toBe(2);
  await rm(file);
  await expect.poll(() => told, { timeout: 5_000 }).toBe(3);
  watch.stop();
});

it('A14: a place that cannot be watched is said, and stops nothing', async () => {
  await using temp = await makeTemp();
  await writeFile(join(temp.path, 'profiles'), 'a file');
  const said: string[] = [];
  const watch = await watchFolder(join(temp.path, 'profiles'), {
    onChange: () => undefined,
    log: (text) => void said.push(text),
  });
  expect(said).toEqual([expect.stringContaining('within ten minutes')]);
  watch.stop();
});
