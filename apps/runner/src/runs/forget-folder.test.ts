import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RunId } from '@quarterdeck/contract/ids';
import { expect, it } from 'vitest';
import { makeTemp } from '../testing/make-temp.ts';
import { boundLogs, forgetFolder, logsFolder } from './forget-folder.ts';
import { runFolder } from './run-folder.ts';

it('deletes the folder of a run but for its logs', async () => {
  await using temp = await makeTemp();
  const folder = runFolder(temp.path, RunId.parse('r_abcd'));
  await mkdir(folder.path, { recursive: true });
  await writeFile(folder.agentLog, 'newer\n');
  await writeFile(`${folder.agentLog}.1`, 'older\n');
  await forgetFolder(temp.path, folder);
  expect(existsSync(folder.path)).toBe(false);
  expect(await readdir(logsFolder(temp.path))).toEqual(['r_abcd.log', 'r_abcd.log.1', 'r_abcd.setup.log']);
  expect(await readFile(join(logsFolder(temp.path), 'r_abcd.log'), 'utf8')).toBe('newer\n');
});

it('keeps the logs of the newest runs, whole', async () => {
  await using temp = await makeTemp();
  const files = ['r_old1.log', 'r_old1.log.1', 'r_mid1.log', 'r_new1.log', 'r_new1.setup.log'];
  const ageOf: Record<string, number> = { r_old1: 1, r_mid1: 2, r_new1: 3 };
  for (const file of files) {
    await writeFile(join(temp.path, file), '');
    const at = ageOf[file.split('.')[0] ?? ''] ?? 0;
    await utimes(join(temp.path, file), at, at);
  }
  await boundLogs(temp.path, 2);
  expect((await readdir(temp.path)).sort()).toEqual(['r_mid1.log', 'r_new1.log', 'r_new1.setup.log']);
});
