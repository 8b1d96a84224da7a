import type { TaskId } from '@quarterdeck/contract/ids';
import type { MomentStore } from '@quarterdeck/core/diagnostics';
import type { StoreContext } from '../transaction.ts';

/** Facts after which a task is ready or in other hands; the newest of them counts. */
const READIED = [
  'task.created',
  'task.promoted',
  'task.released',
  'task.unblocked',
  'task.changes_requested',
  'task.assigned',
];

export function momentStore({ connection, dialect }: StoreContext): MomentStore {
  return {
    async readySince(taskIds) {
      const rows = await connection
        .selectFrom('events')
        .select((select) => ['taskId', select.fn.max('at').as('at')])
        .where(dialect.isOneOf('taskId', taskIds))
        .where('kind', 'in', READIED)
        .groupBy('taskId')
        .execute();
      return timesByTask(rows);
    },
    async lastCommentAt(taskIds) {
      const rows = await connection
        .selectFrom('comments')
        .select((select) => ['taskId', select.fn.max('createdAt').as('at')])
        .where(dialect.isOneOf('taskId', taskIds))
        .groupBy('taskId')
        .execute();
      return timesByTask(rows);
    },
    async pendingSince() {
      const rows = await connection
        .selectFrom('proposals')
        .select((select) => ['taskId', select.fn.min('createdAt').as('at')])
        .where('status', '=', 'pending')
        .groupBy('taskId')
        .execute();
      return timesByTask(rows);
    },
  };
}

function timesByTask(rows: readonly { taskId: string | null; at: number }[]): Map<TaskId, number> {
  return new Map(rows.map(({ taskId, at }) => [taskId as TaskId, Number(at)]));
}
