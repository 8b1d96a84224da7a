import type { TaskId } from '@quarterdeck/contract/ids';
import type { StoreContext } from '../transaction.ts';

/** Rows of the last attempt at each of these tasks that ended with work, not with a review of it. */
export async function lastEndedRows({ connection, dialect }: StoreContext, taskIds: readonly TaskId[]) {
  if (taskIds.length === 0) return [];
  return connection
    .selectFrom('runs')
    .selectAll()
    .where(dialect.isOneOf('taskId', taskIds))
    .where('status', '=', 'ended')
    .where('purpose', '=', 'work')
    .where((where) =>
      where.not(
        where.exists(
          where
            .selectFrom('runs as later')
            .select('later.id')
            .whereRef('later.taskId', '=', 'runs.taskId')
            .whereRef('later.attempt', '>', 'runs.attempt')
            .where('later.status', '=', 'ended')
            .where('later.purpose', '=', 'work'),
        ),
      ),
    )
    .execute();
}
