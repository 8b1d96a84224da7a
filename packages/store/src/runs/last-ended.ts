import type { TaskId } from '@quarterdeck/contract/ids';
import type { StoreContext } from '../transaction.ts';

/** Rows of the last attempt at each of these tasks that ended with work, not with a review of it. */
export async function lastEndedRows(context: StoreContext, taskIds: readonly TaskId[]) {
  if (taskIds.length === 0) return [];
  return selectLastEnded(context).where(context.dialect.isOneOf('taskId', taskIds)).execute();
}

/** Those among the last attempts at all tasks that have something to tell of their work. */
export async function flawedRows(context: StoreContext) {
  return (
    selectLastEnded(context)
      // Written as the index of these rows is, so that it is seen to fit.
      .where((where) => where.or([where('unkept', 'is not', null), where('pastReview', 'is not', null)]))
      .execute()
  );
}

function selectLastEnded({ connection }: StoreContext) {
  return connection
    .selectFrom('runs')
    .selectAll()
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
    );
}
