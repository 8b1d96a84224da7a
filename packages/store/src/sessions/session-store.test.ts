import type { SessionId } from '@quarterdeck/contract/ids';
import type { TranscriptItem } from '@quarterdeck/contract/session';
import { makeSession } from '@quarterdeck/testkit/factories/make-run';
import { change } from '@quarterdeck/testkit/store/change';
import { openTestStore, TEST_DATABASES } from '@quarterdeck/testkit/store/open-test-store';
import { describe, expect, it } from 'vitest';

const ID = 's_0000' as SessionId;
const message = (itemId: string, text: string): TranscriptItem => ({
  kind: 'message',
  itemId,
  at: 1,
  text,
  isComplete: true,
});

describe.each(TEST_DATABASES)('conversations on %s', (database) => {
  it('come back as they were written', async () => {
    await using store = await openTestStore(database);
    const sessions = [makeSession(), makeSession({ id: 's_0001' as SessionId, runId: null, taskId: null })];
    await change(store.db, (ports) => ports.sessions.insertMany(sessions));
    await change(store.db, (ports) => ports.sessions.save({ ...makeSession(), rev: 7, turn: 'ended' }));
    expect(await store.db.read((ports) => ports.sessions.find(ID))).toEqual({
      ...makeSession(),
      rev: 7,
      turn: 'ended',
    });
    expect(await store.db.read((ports) => ports.sessions.find('s_gone' as SessionId))).toBeNull();
  });

  it('keep items in the order they came first, replace a known one in place, and give what is newer than a revision', async () => {
    await using store = await openTestStore(database);
    const stored = await change(store.db, async ({ sessions }) => [
      await sessions.putItem(ID, message('b', 'one'), 1),
      await sessions.putItem(ID, message('a', 'two'), 2),
      await sessions.putItem(ID, message('b', 'one and a half'), 3),
      await sessions.putItem('s_else' as SessionId, message('b', 'elsewhere'), 1),
      await sessions.putItem(ID, message('c', 'three'), 4),
    ]);
    expect(stored.map(({ ordinal, rev }) => [ordinal, rev])).toEqual([
      [1, 1],
      [2, 2],
      [1, 3],
      [1, 1],
      [3, 4],
    ]);
    const since = (rev: number) => store.db.read(({ sessions }) => sessions.itemsSince(ID, rev));
    expect((await since(0)).map(({ item }) => item)).toEqual([
      message('b', 'one and a half'),
      message('a', 'two'),
      message('c', 'three'),
    ]);
    expect((await since(2)).map(({ ordinal }) => ordinal)).toEqual([1, 3]);
    expect(await since(4)).toEqual([]);
    expect(await store.db.read(({ sessions }) => sessions.findItem(ID, 'a'))).toEqual(stored[1]);
    expect(await store.db.read(({ sessions }) => sessions.findItem(ID, 'z'))).toBeNull();
  });
});
