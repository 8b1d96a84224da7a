import type { TaskId } from '@quarterdeck/contract/ids';
import type { CostStore, LiveCost } from '@quarterdeck/core/runs';
import { sql } from 'kysely';
import type { Tables } from '../schema/tables.ts';
import type { StoreContext } from '../transaction.ts';

type Status = Tables['runs']['status'];
/** Written into the statement, so that the index of live runs is seen to fit. */
const ENDED = sql.lit<Status>('ended');

export function costStore(context: StoreContext): CostStore {
  const { connection, dialect } = context;
  const known = () =>
    connection.selectFrom('runs').where('status', '=', ENDED).where('costMicros', 'is not', null);
  return {
    async live(): Promise<LiveCost[]> {
      const live = connection.selectFrom('runs').where('status', '<>', ENDED);
      return live.select(['id', 'taskId', 'projectId', 'profile', 'claimedAt', 'costMicros']).execute();
    },
    async spent(by, id, since) {
      const own = known().where(by, '=', id as never);
      const row = await own
        .where('claimedAt', '>=', since)
        .select((select) => select.fn.sum<number>('costMicros').as('micros'))
        .executeTakeFirst();
      return Number(row?.micros ?? 0);
    },
    async spentByTask(taskIds) {
      const rows = await known()
        .where(dialect.isOneOf('taskId', taskIds))
        .select((select) => ['taskId', select.fn.sum<number>('costMicros').as('micros')])
        .groupBy('taskId')
        .execute();
      return new Map<TaskId, number>(rows.map((row) => [row.taskId, Number(row.micros)]));
    },
    async means(profiles, count) {
      const means = new Map<string, number>();
      for (const profile of profiles) {
        const last = known().where('profile', '=', profile).orderBy('claimedAt', 'desc').limit(count);
        const costs = (await last.select('costMicros').execute()).map((row) => Number(row.costMicros));
        if (costs.length === 0) continue;
        means.set(profile, Math.round(costs.reduce((sum, cost) => sum + cost, 0) / costs.length));
      }
      return means;
    },
  };
}
