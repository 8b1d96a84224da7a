import type { TaskId } from '@quarterdeck/contract/ids';
import { SATISFIED_STATUSES } from '@quarterdeck/contract/status';
import type { Link } from '@quarterdeck/contract/task';
import type { LinkStore } from '@quarterdeck/core/board';
import type { StoreContext } from '../transaction.ts';

export function linkStore(context: StoreContext): LinkStore {
  const { connection } = context;
  return {
    lock: () => context.dialect.lock(connection, 'links'),
    async insert(link, at) {
      const inserted = await connection
        .insertInto('links')
        .values({ ...link, createdAt: at })
        .onConflict((conflict) => conflict.columns(['parentId', 'childId']).doNothing())
        .returning('childId')
        .executeTakeFirst();
      return inserted !== undefined;
    },
    async remove({ parentId, childId }) {
      const removed = await connection
        .deleteFrom('links')
        .where('parentId', '=', parentId)
        .where('childId', '=', childId)
        .executeTakeFirst();
      return removed.numDeletedRows > 0n;
    },
    async parentsOf(taskId) {
      const rows = await connection
        .selectFrom('links')
        .select('parentId')
        .where('childId', '=', taskId)
        .orderBy('parentId')
        .execute();
      return rows.map((row) => row.parentId);
    },
    linksTo: (taskIds) => linksBy(context, 'childId', taskIds),
    childrenOf: (taskIds) => linksBy(context, 'parentId', taskIds),
    all: () => connection.selectFrom('links').select(['parentId', 'childId']).execute(),
    async openParentsOf(taskId) {
      const rows = await connection
        .selectFrom('links')
        .innerJoin('tasks', 'tasks.id', 'links.parentId')
        .select('links.parentId')
        .where('links.childId', '=', taskId)
        .where('tasks.status', 'not in', [...SATISFIED_STATUSES])
        .orderBy('links.parentId')
        .execute();
      return rows.map((row) => row.parentId);
    },
  };
}

/** Links that have one of these tasks at the given end, by task at the other end. */
function linksBy(
  { connection, dialect }: StoreContext,
  end: keyof Link,
  taskIds: readonly TaskId[],
): Promise<Link[]> {
  return connection
    .selectFrom('links')
    .select(['parentId', 'childId'])
    .where(dialect.isOneOf(end, taskIds))
    .orderBy(end === 'childId' ? 'parentId' : 'childId')
    .execute();
}
