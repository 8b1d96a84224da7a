import type { CommandId, RunId, RunnerId } from '@quarterdeck/contract/ids';
import type { QueuedCommand } from '@quarterdeck/core/runs';
import { change } from '@quarterdeck/testkit/store/change';
import { openTestStore, TEST_DATABASES } from '@quarterdeck/testkit/store/open-test-store';
import { describe, expect, it } from 'vitest';

const RUNNER = 'm_test' as RunnerId;
const command = (id: string, run = 'r_0001', runnerId = RUNNER): QueuedCommand => ({
  commandId: id as CommandId,
  runId: run as RunId,
  runnerId,
  command: { kind: 'prompt', text: `say "${id}"`, author: 'ada' },
});

describe.each(TEST_DATABASES)('commands on %s', (database) => {
  it('wait in the order they were written until they are done, and wake their runner after the commit', async () => {
    await using store = await openTestStore(database);
    await change(store.db, async ({ commands }) => {
      await commands.enqueue([command('c_zzzz'), command('c_aaaa')], 9);
      await commands.enqueue([command('c_else', 'r_0002', 'm_else' as RunnerId)], 1);
      await commands.enqueue([], 1);
    });
    await change(store.db, ({ commands }) => commands.enqueue([command('c_mmmm', 'r_0003')], 1));
    const pending = () => store.db.read(({ commands }) => commands.pendingFor(RUNNER));
    expect(await pending()).toEqual([command('c_zzzz'), command('c_aaaa'), command('c_mmmm', 'r_0003')]);
    expect(store.wakes).toEqual(['m_test', 'm_else', 'm_test']);
    await change(store.db, ({ commands }) => commands.markDone('c_zzzz' as CommandId));
    await change(store.db, ({ commands }) => commands.markDone('c_zzzz' as CommandId));
    expect((await pending()).map((it) => it.commandId)).toEqual(['c_aaaa', 'c_mmmm']);
  });

  it('of a run that is over are dropped, of others not', async () => {
    await using store = await openTestStore(database);
    await change(store.db, async ({ commands }) => {
      await commands.enqueue([command('c_0001'), command('c_0002'), command('c_0003', 'r_0002')], 1);
      await commands.dropForRun('r_0001' as RunId);
    });
    const left = await store.db.read(({ commands }) => commands.pendingFor(RUNNER));
    expect(left).toEqual([command('c_0003', 'r_0002')]);
  });
});
