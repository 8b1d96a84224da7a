import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RunId } from '@quarterdeck/contract/ids';
import { expect, it } from 'vitest';
import { makeOrder } from '../testing/make-order.ts';
import { makeTemp } from '../testing/make-temp.ts';
import { findStoredRuns } from './adopt-runs.ts';
import { runFolder, storeOrder } from './run-folder.ts';

it('finds the runs whose order was stored whole and removes the torn ones', async () => {
  await using temp = await makeTemp();
  const order = makeOrder('/project');
  const whole = runFolder(temp.path, order.runId);
  await storeOrder(whole, { order, leaseMs: 1000 });
  const torn = runFolder(temp.path, RunId.parse('r_torn'));
  await mkdir(torn.path);
  await writeFile(join(torn.path, 'order.json.part'), '{"order":{"ru');
  const found = await findStoredRuns({ runnerHome: temp.path, log: () => undefined });
  expect(found).toEqual([{ folder: whole, stored: { order, leaseMs: 1000 } }]);
  expect(existsSync(torn.path)).toBe(false);
});

it('finds none in a fresh home', async () => {
  await using temp = await makeTemp();
  expect(await findStoredRuns({ runnerHome: temp.path, log: () => undefined })).toEqual([]);
});
