import type { RunId, TaskId } from '@quarterdeck/contract/ids';
import type { LiveCounts, RunRecord, RunStore } from '@quarterdeck/core/runs';
import { sql } from 'kysely';
import { putRows } from '../dialect/put-rows.ts';
import { fromJson } from '../schema/row-format.ts';
import type { Tables } from '../schema/tables.ts';
import type { StoreContext } from '../transaction.ts';
import { flawedRows, lastEndedRows } from './last-ended.ts';
import type { LiveGroup } from './live-tally.ts';

type RunRow = Tables['runs'];
/** Written into the statement, so that the index of live runs is seen to fit. */
const ENDED = sql.lit<RunRow['status']>('ended');

export function runStore(context: StoreContext): RunStore {
  const { connection } = context;
  const live = () => connection.selectFrom('runs').selectAll().where('status', '<>', ENDED);
  return {
    async insertMany(runs) {
      await putRows(context, { table: 'runs', rows: runs.map(toRow) });
      context.dialect.tally?.add(runs);
    },
    async find(runId) {
      const query = connection.selectFrom('runs').selectAll().where('id', '=', runId);
      const row = await (context.locksRows ? query.forUpdate() : query).executeTakeFirst();
      return row ? toRun(row) : null;
    },
    findMany: (runIds) => findMany(context, runIds),
    saveLive: (runs) => saveLive(context, runs.map(toRow)),
    async save(run) {
      const { id, ...changes } = toRow(run);
      await connection.updateTable('runs').set(changes).where('id', '=', id).execute();
      if (run.status === 'ended') context.dialect.tally?.forget();
    },
    async ofTask(taskId) {
      const rows = await connection
        .selectFrom('runs')
        .selectAll()
        .where('taskId', '=', taskId)
        .orderBy('attempt')
        .execute();
      return rows.map(toRun);
    },
    async ofTasks(taskIds) {
      const query = connection.selectFrom('runs').selectAll();
      const rows = await query.where(context.dialect.isOneOf('taskId', taskIds)).orderBy('attempt').execute();
      return rows.map(toRun);
    },
    lastEnded: async (taskIds) => (await lastEndedRows(context, taskIds)).map(toRun),
    flawed: async () => (await flawedRows(context)).map(toRun),
    attemptsOf: (taskIds) => attemptsOf(context, taskIds),
    live: async () => (await live().orderBy('claimedAt').execute()).map(toRun),
    liveOfRunner: async (runnerId) => (await live().where('runnerId', '=', runnerId).execute()).map(toRun),
    countLive: () => countLive(context),
    countLiveReviews: () => countLiveReviews(context),
    extendLeases: (runnerId, runIds, lease) => extend(context, { runnerId, runIds, ...lease }),
    async failedSince(profile, { outcomes, since }) {
      const ended = connection.selectFrom('runs').select(['id', 'taskId', 'outcome', 'error']);
      return ended
        .where('profile', '=', profile)
        .where('endedAt', '>=', since)
        .where('outcome', 'in', [...outcomes])
        .orderBy('endedAt')
        .execute();
    },
    due: (now) => due(context, now),
    pauses: (now) => pauses(context, now),
    provenSince: (since) => provenSince(context, since),
    nextDueAt: () => nextDueAt(context),
  };
}

async function countLiveReviews({ connection }: StoreContext): Promise<number> {
  const counted = await connection
    .selectFrom('runs')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('status', '<>', ENDED)
    .where('purpose', '=', 'review')
    .executeTakeFirst();
  return Number(counted?.count ?? 0);
}

async function saveLive(context: StoreContext, rows: readonly RunRow[]): Promise<void> {
  // Every column, so that none is forgotten which a line of a journal learns to change.
  const columns = Object.keys(rows[0] ?? {}) as (keyof RunRow)[];
  const updateById = columns.filter((column) => column !== 'id');
  await putRows(context, { table: 'runs', rows, updateById });
}

async function findMany(context: StoreContext, runIds: readonly RunId[]): Promise<RunRecord[]> {
  const { connection, dialect, locksRows } = context;
  // In one order, so that two transactions which want the same rows cannot wait for each other.
  const query = connection.selectFrom('runs').selectAll().where(dialect.isOneOf('id', runIds));
  return (await (locksRows ? query.orderBy('id').forUpdate() : query).execute()).map(toRun);
}

async function due({ connection, locksRows }: StoreContext, now: number): Promise<RunRecord[]> {
  const query = connection
    .selectFrom('runs')
    .selectAll()
    .where('status', '<>', ENDED)
    .where((where) => where.or([where('deadlineAt', '<=', now), where('leaseExpiresAt', '<=', now)]))
    .orderBy('id')
    .limit(500);
  return (await (locksRows ? query.forUpdate().skipLocked() : query).execute()).map(toRun);
}

async function attemptsOf(
  { connection, dialect }: StoreContext,
  taskIds: readonly TaskId[],
): Promise<Map<string, number>> {
  const rows = await connection
    .selectFrom('runs')
    .select((select) => ['taskId', select.fn.max('attempt').as('attempt')])
    .where(dialect.isOneOf('taskId', taskIds))
    .groupBy('taskId')
    .execute();
  return new Map(rows.map((row) => [row.taskId, row.attempt]));
}

function countGroups({ connection }: StoreContext): Promise<LiveGroup[]> {
  return connection
    .selectFrom('runs')
    .select((select) => ['profile', 'projectId', 'runnerId', select.fn.countAll<number>().as('count')])
    .where('status', '<>', ENDED)
    .groupBy(['profile', 'projectId', 'runnerId'])
    .execute();
}

async function countLive(context: StoreContext): Promise<LiveCounts> {
  const count = () => countGroups(context);
  const groups = await (context.dialect.tally?.groups(count) ?? count());
  const counts = {
    byProfile: new Map<string, number>(),
    byProject: new Map<string, number>(),
    byRunner: new Map<string, number>(),
  };
  const add = (map: Map<string, number>, key: string, count: number) =>
    map.set(key, (map.get(key) ?? 0) + count);
  for (const row of groups) {
    add(counts.byProfile, row.profile, row.count);
    add(counts.byProject, row.projectId, row.count);
    add(counts.byRunner, row.runnerId, row.count);
  }
  return counts;
}

/** The task shows the lease too, so both rows move together. */
async function extend(
  { connection, dialect }: StoreContext,
  lease: { runnerId: RunRow['runnerId']; runIds: readonly RunId[]; at: number; expiresAt: number },
): Promise<void> {
  const isNamed = dialect.isOneOf('id', lease.runIds);
  await connection
    .updateTable('runs')
    .set({ leaseExpiresAt: lease.expiresAt, heartbeatAt: lease.at })
    .where(isNamed)
    .where('runnerId', '=', lease.runnerId)
    .where('status', '<>', 'ended')
    .execute();
  await connection
    .updateTable('tasks')
    .set({ claimExpiresAt: lease.expiresAt })
    .where('currentRunId', 'in', (own) =>
      own
        .selectFrom('runs')
        .select('id')
        .where(isNamed)
        .where('runnerId', '=', lease.runnerId)
        .$castTo<{ id: RunId | null }>(),
    )
    .execute();
}

async function pauses({ connection }: StoreContext, now: number): Promise<Map<string, number>> {
  const rows = await connection
    .selectFrom('runs')
    .leftJoin('profileSettings', 'profileSettings.profile', 'runs.profile')
    .select((select) => ['runs.profile', select.fn.max('runs.limitResetAt').as('until')])
    .where('runs.outcome', 'in', ['rate_limited', 'quota_used_up'])
    .where('runs.limitResetAt', '>', now)
    .where((where) =>
      where.or([
        where('profileSettings.limitLiftedAt', 'is', null),
        where('runs.endedAt', '>', where.ref('profileSettings.limitLiftedAt')),
      ]),
    )
    .groupBy('runs.profile')
    .execute();
  return new Map(rows.map((row) => [row.profile, Number(row.until)]));
}

async function provenSince({ connection }: StoreContext, since: number): Promise<Map<string, number>> {
  const rows = await connection
    .selectFrom('runs')
    .select((select) => ['profile', select.fn.max('endedAt').as('at')])
    .where('endedAt', '>=', since)
    .where('outcome', 'in', ['completed', 'review_requested', 'approved', 'changes_requested', 'blocked'])
    .groupBy('profile')
    .execute();
  return new Map(rows.map((row) => [row.profile, Number(row.at)]));
}

async function nextDueAt({ connection }: StoreContext): Promise<number | null> {
  const row = await connection
    .selectFrom('runs')
    .select((select) => [
      select.fn.min('deadlineAt').as('deadline'),
      select.fn.min('leaseExpiresAt').as('lease'),
    ])
    .where('status', '<>', ENDED)
    .executeTakeFirst();
  const times = [row?.deadline, row?.lease].filter((at) => at !== null && at !== undefined).map(Number);
  return times.length === 0 ? null : Math.min(...times);
}

function toRow(run: RunRecord): RunRow {
  const { usage, progress, diffStat, unkept, notes } = run;
  return {
    ...run,
    usage: JSON.stringify(usage),
    progress: progress && JSON.stringify(progress),
    diffStat: diffStat && JSON.stringify(diffStat),
    unkept: unkept && JSON.stringify(unkept),
    notes: JSON.stringify(notes),
    costMicros: usage.costMicros,
  };
}

function toRun({ costMicros: _, ...row }: RunRow): RunRecord {
  return {
    ...row,
    usage: fromJson(row.usage),
    progress: row.progress === null ? null : fromJson(row.progress),
    diffStat: row.diffStat === null ? null : fromJson(row.diffStat),
    unkept: row.unkept === null ? null : fromJson(row.unkept),
    notes: fromJson(row.notes),
  };
}
