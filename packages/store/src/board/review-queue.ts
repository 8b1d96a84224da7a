import type { ReviewFilter } from '@quarterdeck/core/board';
import { sql } from 'kysely';
import type { Tables } from '../schema/tables.ts';
import type { StoreContext } from '../transaction.ts';
import { inDispatchOrder, takeFree } from './take-free.ts';

/** Tasks in review of which a reviewer with a name has said nothing yet. */
function unreviewed({ connection }: StoreContext) {
  return connection
    .selectFrom('tasks')
    .selectAll()
    .where('status', '=', 'review')
    .where('reviewer', 'is not', null)
    .where('verdict', 'is', null);
}

/** Those of them that a person may want to know why they wait. */
export function toReview(context: StoreContext, limit: number): Promise<Tables['tasks'][]> {
  return inDispatchOrder(unreviewed(context)).limit(limit).execute();
}

/** Those of them that one of these reviewers can take now. */
export async function takeReviews(context: StoreContext, filter: ReviewFilter): Promise<Tables['tasks'][]> {
  if (filter.reviewers.length === 0 || !(await isAnyUnreviewed(context))) return [];
  const tasks = unreviewed(context)
    .where('reviewer', 'in', [...filter.reviewers])
    .where('isHeld', '=', 0);
  return takeFree(context, tasks, filter);
}

/** Asked before every claim, so it is text that needs no building. */
const ANY_UNREVIEWED = sql<{ found: number }>`
  select 1 as found from tasks
  where status = 'review' and reviewer is not null and verdict is null limit 1`;

async function isAnyUnreviewed({ connection }: StoreContext): Promise<boolean> {
  return (await ANY_UNREVIEWED.execute(connection)).rows.length > 0;
}
