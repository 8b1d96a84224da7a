import { makeRun } from '@quarterdeck/testkit/factories/make-run';
import { change } from '@quarterdeck/testkit/store/change';
import { openTestStore, TEST_DATABASES } from '@quarterdeck/testkit/store/open-test-store';
import { describe, expect, it } from 'vitest';

const offer = (value: string) => ({ models: [{ value, name: value }], efforts: [], modes: [] });

describe.each(TEST_DATABASES)('what agents offer on %s', (database) => {
  it('A14: is the last word of each', async () => {
    await using store = await openTestStore(database);
    await change(store.db, (ports) => ports.offers.save('claude', offer('old'), 1));
    await change(store.db, (ports) => ports.offers.save('claude', offer('new'), 2));
    await change(store.db, (ports) => ports.offers.save('codex', offer('other'), 3));
    const all = await store.db.read((ports) => ports.offers.all());
    expect([...all].toSorted()).toEqual([
      ['claude', offer('new')],
      ['codex', offer('other')],
    ]);
  });

  it('A18: a sign-in is proven by runs that were handed in, and by no others', async () => {
    await using store = await openTestStore(database);
    const ended = { status: 'ended' as const };
    await change(store.db, (ports) =>
      ports.runs.insertMany([
        makeRun({ id: 'r_1', profile: 'a', ...ended, outcome: 'completed', endedAt: 10 }),
        makeRun({ id: 'r_2', profile: 'a', ...ended, outcome: 'review_requested', endedAt: 20 }),
        makeRun({ id: 'r_3', profile: 'a', ...ended, outcome: 'sign_in_needed', endedAt: 30 }),
        makeRun({ id: 'r_4', profile: 'b', ...ended, outcome: 'completed', endedAt: 4 }),
        makeRun({ id: 'r_5', profile: 'c', ...ended, outcome: 'crashed', endedAt: 30 }),
      ]),
    );
    expect(await store.db.read((ports) => ports.runs.provenSince(5))).toEqual(new Map([['a', 20]]));
  });
});
