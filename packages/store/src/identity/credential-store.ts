import type { CredentialStore } from '@quarterdeck/core/identity';
import type { StoreContext } from '../transaction.ts';

export function credentialStore({ connection }: StoreContext): CredentialStore {
  return {
    async insert(credential) {
      await connection.insertInto('credentials').values(credential).execute();
    },
    findByHash: async (secretHash) =>
      (await connection
        .selectFrom('credentials')
        .selectAll()
        .where('secretHash', '=', secretHash)
        .executeTakeFirst()) ?? null,
    listOfKind: (kind) =>
      connection
        .selectFrom('credentials')
        .selectAll()
        .where('kind', '=', kind)
        .orderBy('createdAt')
        .orderBy('id')
        .execute(),
    async remove(credentialId) {
      const removed = await connection
        .deleteFrom('credentials')
        .where('id', '=', credentialId)
        .executeTakeFirst();
      return removed.numDeletedRows > 0n;
    },
    async removeExpired(now) {
      await connection.deleteFrom('credentials').where('expiresAt', '<=', now).execute();
    },
    async removeOfKind(kind, keepHash) {
      await connection
        .deleteFrom('credentials')
        .where('kind', '=', kind)
        .where('secretHash', '<>', keepHash)
        .execute();
    },
  };
}
