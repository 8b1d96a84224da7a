import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeRun } from '@quarterdeck/testkit/factories/make-run';
import { change } from '@quarterdeck/testkit/store/change';
import { expect, it } from 'vitest';
import { openStore, type Store } from '../open-store.ts';

it('a tally notices that another process has written to the same SQLite file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'quarterdeck-tally-'));
  const open = () => openStore({ url: join(folder, 'board.db'), onCommit: () => undefined });
  const live = (store: Store) =>
    store.read(async ({ runs }) => (await runs.countLive()).byProfile.get('alpha'));
  try {
    const [one, two] = [await open(), await open()];
    await change(one, ({ runs }) => runs.insertMany([makeRun({ id: 'r_0001' })]));
    expect([await live(one), await live(two)]).toEqual([1, 1]);
    await change(two, ({ runs }) => runs.insertMany([makeRun({ id: 'r_0002', taskId: 't_0002' })]));
    expect([await live(one), await live(two)]).toEqual([2, 2]);
    await one.close();
    await two.close();
  } finally {
    await rm(folder, { recursive: true });
  }
});
