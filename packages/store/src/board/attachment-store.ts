import type { AttachmentId } from '@quarterdeck/contract/ids';
import type { AttachmentStore } from '@quarterdeck/core/board';
import type { StoreContext } from '../transaction.ts';

export function attachmentStore({ connection, dialect }: StoreContext): AttachmentStore {
  return {
    async insert(attachment) {
      await connection.insertInto('attachments').values(attachment).execute();
    },
    async find(attachmentId) {
      const query = connection.selectFrom('attachments').selectAll();
      return (await query.where('id', '=', attachmentId as AttachmentId).executeTakeFirst()) ?? null;
    },
    ofTasks: (taskIds) =>
      connection
        .selectFrom('attachments')
        .selectAll()
        .where(dialect.isOneOf('taskId', taskIds))
        .orderBy('createdAt')
        .orderBy('id')
        .execute(),
    async remove(attachmentId) {
      const query = connection.deleteFrom('attachments').where('id', '=', attachmentId).returning('id');
      return (await query.executeTakeFirst()) !== undefined;
    },
    async counts() {
      const rows = await connection
        .selectFrom('attachments')
        .select((select) => ['taskId', select.fn.countAll<number>().as('count')])
        .groupBy('taskId')
        .execute();
      return new Map(rows.map((row) => [row.taskId, row.count]));
    },
    async known(ids) {
      const query = connection.selectFrom('attachments').select('id').where(dialect.isOneOf('id', ids));
      return new Set((await query.execute()).map((row) => row.id));
    },
  };
}
