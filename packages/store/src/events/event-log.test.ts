import type { EventDraft } from '@quarterdeck/contract/event';
import type { TaskId } from '@quarterdeck/contract/ids';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok } from '@quarterdeck/contract/result';
import { change } from '@quarterdeck/testkit/store/change';
import { openTestStore, TEST_DATABASES } from '@quarterdeck/testkit/store/open-test-store';
import { describe, expect, it } from 'vitest';
import type { Store } from '../open-store.ts';

const draft = (author: string, taskId = 't_0001' as TaskId): EventDraft => ({
  kind: 'task.commented',
  actor: author,
  taskId,
  projectId: null,
  runId: null,
  payload: { comment: { id: 1, taskId, author, body: 'x', createdAt: 1 } },
});
const seqs = (events: readonly { readonly seq: number }[]) => events.map((event) => event.seq);
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

describe.each(TEST_DATABASES)('the event log on %s', (database) => {
  it('gives back what was appended, by cursor and by task', async () => {
    await using store = await openTestStore(database);
    expect(await store.db.read(({ events }) => events.latestSeq())).toBe(0);
    await change(store.db, async ({ events }) => {
      await events.append([draft('a'), draft('b', 't_else' as TaskId)], 7);
      await events.append([draft('c')], 8);
    });
    await store.db.read(async ({ events }) => {
      const all = await events.since(0, 10);
      expect(all).toEqual([
        { ...draft('a'), seq: 1, at: 7 },
        { ...draft('b', 't_else' as TaskId), seq: 2, at: 7 },
        { ...draft('c'), seq: 3, at: 8 },
      ]);
      expect(all).toEqual(store.events);
      expect(seqs(await events.since(1, 1))).toEqual([2]);
      expect(seqs(await events.since(3, 10))).toEqual([]);
      expect(seqs(await events.ofTask('t_0001' as TaskId, 10))).toEqual([3, 1]);
      expect(seqs(await events.ofTask('t_0001' as TaskId, 1))).toEqual([3]);
      expect(await events.latestSeq()).toBe(3);
    });
  });

  it('has no gaps under 50 writers at once, and a reader who has seen a number never misses a smaller one', async () => {
    await using store = await openTestStore(database);
    const servers = [store.db, await store.openServer()];
    let isWriting = true;
    const seen: number[] = [];
    const reading = (async () => {
      while (isWriting) {
        const cursor = seen.at(-1) ?? 0;
        seen.push(...seqs(await (servers[1] as Store).read(({ events }) => events.since(cursor, 1000))));
      }
    })();
    await Promise.all(
      Array.from({ length: 50 }, async (_, writer) => {
        const db = servers[writer % 2] as Store;
        for (const turn of [1, 2]) {
          const isThrown = writer % 5 === 4 && turn === 1;
          const writing = db.write(async ({ events }) => {
            await events.append([draft(`w${writer}`), draft(`w${writer}`)], turn);
            if (isThrown) throw new Error('changed my mind');
            return writer % 5 === 3 ? refuse('body_required') : ok(null);
          });
          await (isThrown ? expect(writing).rejects.toThrow('changed my mind') : writing);
        }
      }),
    );
    isWriting = false;
    await reading;
    const all = await store.db.read(({ events }) => events.since(0, 1000));
    expect(seqs(all)).toEqual(upTo(140));
    expect(seen).toEqual(upTo(seen.length));
    expect(seqs(store.events).toSorted((a, b) => a - b)).toEqual(upTo(140));
  });
});

describe.each(TEST_DATABASES)('kept answers on %s', (database) => {
  it('the first one stays, for its scope, for a day', async () => {
    await using store = await openTestStore(database);
    const first = { requestDigest: 'd1', status: 201, body: '{"a":1}' };
    const later = { requestDigest: 'd2', status: 400, body: '' };
    await change(store.db, async ({ replies }) => {
      await replies.save('ada', 'key', first, 1000);
      await replies.save('ada', 'key', later, 1001);
      await replies.save('bob', 'key', later, 1000);
    });
    const find = (scope: string, key = 'key') => store.db.read(({ replies }) => replies.find(scope, key));
    expect(await find('ada')).toEqual(first);
    expect(await find('bob')).toEqual(later);
    expect(await find('ada', 'none')).toBeNull();
    await change(store.db, ({ replies }) => replies.save('eve', 'key', first, 1001 + 24 * 3600_000));
    expect(await find('ada')).toBeNull();
  });
});
