import type { CommentStore } from '@quarterdeck/core/board';
import { inChunks } from '../schema/row-format.ts';
import type { StoreContext } from '../transaction.ts';

export function commentStore({ connection }: StoreContext): CommentStore {
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
    async ofTasks(taskIds) {
      const comments = [];
      for (const chunk of inChunks(taskIds, 1)) {
        const query = connection.selectFrom('comments').selectAll().where('taskId', 'in', chunk);
        comments.push(...(await query.orderBy('id').execute()));
      }
      return comments;
    },
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
