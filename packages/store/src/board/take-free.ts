import type { ProjectId } from '@quarterdeck/contract/ids';
import type { ReadyFilter } from '@quarterdeck/core/board';
import type { SelectQueryBuilder } from 'kysely';
import type { Tables } from '../schema/tables.ts';
import type { StoreContext } from '../transaction.ts';

export type TaskQuery = SelectQueryBuilder<Tables, 'tasks', Tables['tasks']>;
type FreeFilter = Pick<ReadyFilter, 'exceptProjects' | 'exceptTasks' | 'now' | 'limit'>;

/**
 * Of the tasks asked for those that an agent can be given now, in dispatch order: their back-off is over and no run of them lives. The
 * rows are locked against other claimers; rows others hold are passed over.
 */
export function takeFree(
  { locksRows }: StoreContext,
  tasks: TaskQuery,
  filter: FreeFilter,
): Promise<Tables['tasks'][]> {
  let query = tasks
    .where((where) => where.or([where('retryAt', 'is', null), where('retryAt', '<=', filter.now)]))
    .where((where) =>
      where.not(
        where.exists(
          where
            .selectFrom('runs')
            .select('runs.id')
            .whereRef('runs.taskId', '=', 'tasks.id')
            .where('runs.status', '<>', 'ended'),
        ),
      ),
    );
  if (filter.exceptProjects.length > 0)
    query = query.where('projectId', 'not in', filter.exceptProjects as ProjectId[]);
  if (filter.exceptTasks.length > 0) query = query.where('id', 'not in', [...filter.exceptTasks]);
  const first = inDispatchOrder(query).limit(filter.limit);
  return (locksRows ? first.forUpdate().skipLocked() : first).execute();
}

/** Urgent ones first, then old ones. */
export function inDispatchOrder(tasks: TaskQuery): TaskQuery {
  return tasks.orderBy('priority', 'desc').orderBy('createdAt').orderBy('id');
}
