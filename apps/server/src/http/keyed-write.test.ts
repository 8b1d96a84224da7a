import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';
import { openTestStore, TEST_DATABASES } from '@quarterdeck/testkit/store/open-test-store';
import { describe, expect, it } from 'vitest';
import { createOnce } from './idempotency.ts';
import { asKeyed, markWrites } from './keyed-write.ts';

const clock = { now: () => 5_000 };
const request = { scope: 'person:u_a', key: '0123456789abcdef', requestDigest: 'one' };

describe.each(TEST_DATABASES)('a keyed write on %s', (database) => {
  async function open() {
    const store = await openTestStore(database);
    const { db } = store;
    const replies = {
      find: (scope: string, key: string) => db.read((ports) => ports.replies.find(scope, key)),
      save: async (
        ...reply: Parameters<Parameters<Parameters<typeof db.write>[0]>[0]['replies']['save']>
      ) => {
        await db.write(async (ports) => ok(await ports.replies.save(...reply)));
      },
    };
    const marked = markWrites(db, clock);
    let count = 0;
    const work = (result: Result<number>) => () =>
      asKeyed(request, () =>
        marked.write(async () => {
          count += 1;
          return result;
        }),
      );
    const restarted = () => createOnce({ replies, clock });
    return { store, db, work, restarted, times: () => count };
  }

  it('is known to be done when the server died before it stored the answer', async () => {
    const { store, work, restarted, times } = await open();
    await using _ = store;
    // The answer is lost: the work is run outside of what stores it.
    await work(ok(1))();
    const again = await restarted()(request, work(ok(1)));
    expect(again.result.ok ? null : again.result.refusal.code).toBe('reply_lost');
    expect(times()).toBe(1);
  });

  it('is answered as before when the answer was stored', async () => {
    const { store, work, restarted, times } = await open();
    await using _ = store;
    await restarted()(request, work(ok(7)));
    expect(await restarted()(request, work(ok(8)))).toEqual({ result: ok(7), isReplay: true });
    expect(times()).toBe(1);
  });

  it('leaves no key when it was refused, and none without a request', async () => {
    const { store, db, work, restarted, times } = await open();
    await using _ = store;
    await work(refuse('title_empty'))();
    await markWrites(db, clock).write(async () => ok(1));
    expect((await restarted()(request, work(ok(3)))).result).toEqual(ok(3));
    expect(times()).toBe(2);
  });
});
