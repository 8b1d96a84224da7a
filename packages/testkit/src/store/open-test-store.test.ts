import { describe, expect, it } from 'vitest';
import { openTestStore, TEST_DATABASES } from './open-test-store.ts';

describe.each(TEST_DATABASES)('a test store on %s', (database) => {
  it('is empty, answers, and is apart from the next one', async () => {
    await using first = await openTestStore(database);
    await using second = await openTestStore(database);
    const person = { id: first.ids.next('u') as never, name: 'Ada', role: 'owner', createdAt: 1 } as const;
    await first.db.write(async (ports) => {
      await ports.people.insert(person);
      return { ok: true, value: null };
    });
    expect(await first.db.ping()).toBe(true);
    expect(await first.db.read((ports) => ports.people.list())).toEqual([person]);
    expect(await second.db.read((ports) => ports.people.list())).toEqual([]);
    const other = await first.openServer();
    expect(await other.read((ports) => ports.people.list())).toEqual([person]);
  });
});
