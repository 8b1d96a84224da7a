import type { SessionId } from '@quarterdeck/contract/ids';
import type { StoredItem, TranscriptItem } from '@quarterdeck/contract/session';
import type { SessionStore } from '@quarterdeck/core/sessions';
import { putRows } from '../dialect/put-rows.ts';
import { fromJson } from '../schema/row-format.ts';
import type { Tables } from '../schema/tables.ts';
import type { StoreContext } from '../transaction.ts';

export function sessionStore(context: StoreContext): SessionStore {
  const { connection } = context;
  return {
    insertMany: (sessions) => putRows(context, { table: 'sessions', rows: sessions }),
    async find(sessionId) {
      const query = connection.selectFrom('sessions').selectAll().where('id', '=', sessionId);
      return (await (context.locksRows ? query.forUpdate() : query).executeTakeFirst()) ?? null;
    },
    async findMany(sessionIds) {
      const query = connection
        .selectFrom('sessions')
        .selectAll()
        .where(context.dialect.isOneOf('id', sessionIds));
      return (context.locksRows ? query.orderBy('id').forUpdate() : query).execute();
    },
    saveMany: (sessions) =>
      putRows(context, { table: 'sessions', rows: sessions, updateById: ['rev', 'turn'] }),
    async save({ id, ...changes }) {
      await connection.updateTable('sessions').set(changes).where('id', '=', id).execute();
    },
    putItem: (sessionId, item, rev) => putItem(context, { sessionId, item, rev }),
    async findItem(sessionId, itemId) {
      const query = connection
        .selectFrom('items')
        .selectAll()
        .where('sessionId', '=', sessionId)
        .where('itemId', '=', itemId);
      const row = await query.executeTakeFirst();
      return row ? toStored(row) : null;
    },
    async lastMessage(sessionId) {
      const query = connection
        .selectFrom('items')
        .selectAll()
        .where('sessionId', '=', sessionId)
        .where('itemId', 'like', 'message:%');
      const row = await query.orderBy('ordinal', 'desc').limit(1).executeTakeFirst();
      const item = row && toStored(row).item;
      return item?.kind === 'message' ? item.text : null;
    },
    async itemsSince(sessionId, since) {
      const query = connection
        .selectFrom('items')
        .selectAll()
        .where('sessionId', '=', sessionId)
        .where('rev', '>', since);
      return (await query.orderBy('ordinal').execute()).map(toStored);
    },
  };
}

async function putItem(
  { connection }: StoreContext,
  put: { readonly sessionId: SessionId; readonly item: TranscriptItem; readonly rev: number },
): Promise<StoredItem> {
  const { sessionId, item, rev } = put;
  const row = await connection
    .insertInto('items')
    .values(({ selectFrom }) => ({
      sessionId,
      itemId: item.itemId,
      rev,
      item: JSON.stringify(item),
      ordinal: selectFrom('items as others')
        .select((select) =>
          select(select.fn.coalesce(select.fn.max('others.ordinal'), select.lit(0)), '+', select.lit(1)).as(
            'next',
          ),
        )
        .where('others.sessionId', '=', sessionId),
    }))
    .onConflict((conflict) =>
      conflict.columns(['sessionId', 'itemId']).doUpdateSet((update) => ({
        rev: update.ref('excluded.rev'),
        item: update.ref('excluded.item'),
      })),
    )
    .returning('ordinal')
    .executeTakeFirstOrThrow();
  return { ordinal: row.ordinal, rev, item };
}

function toStored(row: Tables['items']): StoredItem {
  return { ordinal: row.ordinal, rev: row.rev, item: fromJson(row.item) };
}
