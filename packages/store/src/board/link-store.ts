import type { TaskId } from '@quarterdeck/contract/ids';
import { SATISFIED_STATUSES } from '@quarterdeck/contract/status';
import type { Link } from '@quarterdeck/contract/task';
import type { LinkStore } from '@quarterdeck/core/board';
import { inChunks } from '../schema/row-format.ts';
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
async function linksBy(context: StoreContext, end: keyof Link, taskIds: readonly TaskId[]): Promise<Link[]> {
  const links: Link[] = [];
  const other = end === 'childId' ? 'parentId' : 'childId';
  for (const chunk of inChunks(taskIds, 1)) {
    const query = context.connection
      .selectFrom('links')
      .select(['parentId', 'childId'])
      .where(end, 'in', chunk);
    links.push(...(await query.orderBy(other).execute()));
  }
  return links;
}
