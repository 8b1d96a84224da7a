import type { CommentStore } from '@quarterdeck/core/board';
import type { StoreContext } from '../transaction.ts';

export function commentStore({ connection, dialect }: StoreContext): CommentStore {
  return {
    async insert(comment) {
      const { id } = await connection
        .insertInto('comments')
        .values(comment)
        .returning('id')
        .executeTakeFirstOrThrow();
      return { ...comment, id };
    },
    ofTask: (taskId) =>
      connection.selectFrom('comments').selectAll().where('taskId', '=', taskId).orderBy('id').execute(),
    ofTasks: (taskIds) =>
      connection
        .selectFrom('comments')
        .selectAll()
        .where(dialect.isOneOf('taskId', taskIds))
        .orderBy('id')
        .execute(),
    async counts() {
      const rows = await connection
        .selectFrom('comments')
        .select((select) => ['taskId', select.fn.countAll<number>().as('count')])
        .groupBy('taskId')
        .execute();
      return new Map(rows.map((row) => [row.taskId, row.count]));
    },
  };
}
