import type { PersonId } from '@quarterdeck/contract/ids';
import type { Credential } from '@quarterdeck/core/identity';
import { change } from '@quarterdeck/testkit/store/change';
import { openTestStore, TEST_DATABASES } from '@quarterdeck/testkit/store/open-test-store';
import { describe, expect, it } from 'vitest';
import type { Store } from '../open-store.ts';

const credential = (id: string, fields: Partial<Credential> = {}): Credential => ({
  id,
  kind: 'ticket',
  secretHash: `hash of ${id}`,
  personId: 'u_0001' as PersonId,
  runnerId: null,
  createdAt: 1,
  expiresAt: 100,
  ...fields,
});

describe.each(TEST_DATABASES)('people and credentials on %s', (database) => {
  it('people come back in the order they joined', async () => {
    await using store = await openTestStore(database);
    const bob = { id: 'u_0002' as PersonId, name: 'Bob', role: 'viewer', createdAt: 1 } as const;
    const ada = { id: 'u_0001' as PersonId, name: 'Ada', role: 'owner', createdAt: 2 } as const;
    await change(store.db, async ({ people }) => {
      await people.insert(ada);
      await people.insert(bob);
    });
    expect(await store.db.read(({ people }) => people.list())).toEqual([bob, ada]);
    expect(await store.db.read(({ people }) => people.find(ada.id))).toEqual(ada);
    expect(await store.db.read(({ people }) => people.find('u_gone' as PersonId))).toBeNull();
  });

  it('a ticket is taken out by exactly one of many at once', async () => {
    await using store = await openTestStore(database);
    const servers = [store.db, await store.openServer()] as const;
    await change(store.db, ({ credentials }) => credentials.insert(credential('k_1')));
    const taken = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        change(servers[index % 2] as Store, ({ credentials }) => credentials.remove('k_1')),
      ),
    );
    expect(taken.filter((it) => it)).toHaveLength(1);
  });

  it('go by kind, by age and by hash', async () => {
    await using store = await openTestStore(database);
    await change(store.db, async ({ credentials }) => {
      await credentials.insert(credential('k_1', { expiresAt: 10 }));
      await credentials.insert(credential('k_2', { expiresAt: 11 }));
      await credentials.insert(credential('k_3', { kind: 'owner', expiresAt: null }));
      await credentials.insert(credential('k_4', { kind: 'owner', expiresAt: null }));
      await credentials.removeExpired(10);
      await credentials.removeOfKind('owner', 'hash of k_4');
    });
    const alive = async (id: string) =>
      (await store.db.read(({ credentials }) => credentials.findByHash(`hash of ${id}`))) !== null;
    expect(await Promise.all(['k_1', 'k_2', 'k_3', 'k_4'].map(alive))).toEqual([false, true, false, true]);
  });
});
