import type { ProjectId } from '@quarterdeck/contract/ids';
import type { ReviewFilter } from '@quarterdeck/core/board';
import { sql } from 'kysely';
import type { Tables } from '../schema/tables.ts';
import type { StoreContext } from '../transaction.ts';

/** Tasks in review of which a reviewer with a name has said nothing yet, in dispatch order. */
function unreviewed({ connection }: StoreContext) {
  return connection
    .selectFrom('tasks')
    .selectAll()
    .where('status', '=', 'review')
    .where('reviewer', 'is not', null)
    .where('verdict', 'is', null)
    .orderBy('priority', 'desc')
    .orderBy('createdAt')
    .orderBy('id');
}

/** Those of them that a person may want to know why they wait. */
export function toReview(context: StoreContext, limit: number): Promise<Tables['tasks'][]> {
  return unreviewed(context).limit(limit).execute();
}

/** Those of them that one of these reviewers can take now. */
export async function takeReviews(context: StoreContext, filter: ReviewFilter): Promise<Tables['tasks'][]> {
  if (filter.reviewers.length === 0 || !(await isAnyUnreviewed(context))) return [];
  let query = unreviewed(context)
    .where('reviewer', 'in', [...filter.reviewers])
    .where('isHeld', '=', 0)
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
  const limited = query.limit(filter.limit);
  return (context.locksRows ? limited.forUpdate().skipLocked() : limited).execute();
}

/** Asked before every claim, so it is text that needs no building. */
const ANY_UNREVIEWED = sql<{ found: number }>`
  select 1 as found from tasks
  where status = 'review' and reviewer is not null and verdict is null limit 1`;

async function isAnyUnreviewed({ connection }: StoreContext): Promise<boolean> {
  return (await ANY_UNREVIEWED.execute(connection)).rows.length > 0;
}
