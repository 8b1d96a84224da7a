import type { ViewId } from '@quarterdeck/contract/ids';
import type { ViewStore } from '@quarterdeck/core/board';
import type { StoreContext } from '../transaction.ts';

export function viewStore({ connection }: StoreContext): ViewStore {
  return {
    async insert(view) {
      const inserted = await connection
        .insertInto('views')
        .values(view)
        .onConflict((conflict) => conflict.column('name').doNothing())
        .returning('id')
        .executeTakeFirst();
      return inserted !== undefined;
    },
    list: () => connection.selectFrom('views').selectAll().orderBy('name').execute(),
    async remove(viewId) {
      const removed = await connection
        .deleteFrom('views')
        .where('id', '=', viewId as ViewId)
        .executeTakeFirst();
      return removed.numDeletedRows > 0n;
    },
  };
}
