import type { PersonStore } from '@quarterdeck/core/identity';
import type { StoreContext } from '../transaction.ts';

export function personStore({ connection, dialect }: StoreContext): PersonStore {
  return {
    lockOwner: () => dialect.lock(connection, 'owner'),
    async insert(person) {
      await connection.insertInto('people').values(person).execute();
    },
    find: async (personId) =>
      (await connection.selectFrom('people').selectAll().where('id', '=', personId).executeTakeFirst()) ??
      null,
    list: () => connection.selectFrom('people').selectAll().orderBy('createdAt').execute(),
  };
}
