import type { ProjectId, TaskId } from '@quarterdeck/contract/ids';
import type { Task } from '@quarterdeck/contract/task';
import type { ReadyFilter, TaskStore } from '@quarterdeck/core/board';
import { putRows } from '../dialect/put-rows.ts';
import { fromJson } from '../schema/row-format.ts';
import type { Tables } from '../schema/tables.ts';
import type { StoreContext } from '../transaction.ts';
import { countTasks } from './count-tasks.ts';
import { takeReviews, toReview } from './review-queue.ts';
import { inDispatchOrder, takeFree } from './take-free.ts';

type TaskRow = Tables['tasks'];
/** What a move changes. */
const MOVED = [
  'status',
  'updatedAt',
  'startedAt',
  'scheduledAt',
  'currentRunId',
  'claimLock',
  'claimExpiresAt',
  'retryAt',
  'landing',
  'verdict',
] as const;

export function taskStore(context: StoreContext): TaskStore {
  const { connection } = context;
  const find = async (taskId: TaskId): Promise<Task | null> => {
    const query = connection.selectFrom('tasks').selectAll().where('id', '=', taskId);
    const row = await (context.locksRows ? query.forUpdate() : query).executeTakeFirst();
    return row ? toTask(row) : null;
  };
  return {
    find,
    insert: (task) => insertTask(context, task),
    findMany: (taskIds) => findMany(context, taskIds),
    async save(task) {
      const { id, ...changes } = toRow(task);
      await connection.updateTable('tasks').set(changes).where('id', '=', id).execute();
    },
    saveMany: (tasks) => putRows(context, { table: 'tasks', rows: tasks.map(toRow), updateById: MOVED }),
    async list(filter) {
      let query = connection.selectFrom('tasks').selectAll();
      if (!filter.includeArchived) query = query.where('status', '<>', 'archived');
      if (filter.tenant !== undefined) query = query.where('tenant', '=', filter.tenant);
      if (filter.projectId !== undefined)
        query = query.where('projectId', '=', filter.projectId as ProjectId);
      return (await inDispatchOrder(query).execute()).map(toTask);
    },
    tenants: () => distinct(context, 'tenant'),
    assignees: () => distinct(context, 'assignee'),
    stats: () => countTasks(context),
    takeReady: (filter) => takeReady(context, filter),
    async ready(limit) {
      const query = connection.selectFrom('tasks').selectAll().where('status', '=', 'ready');
      return (await inDispatchOrder(query).limit(limit).execute()).map(toTask);
    },
    takeReviews: async (filter) => (await takeReviews(context, filter)).map(toTask),
    toReview: async (limit) => (await toReview(context, limit)).map(toTask),
    async withBudget() {
      const query = connection.selectFrom('tasks').selectAll().where('budgetMicros', 'is not', null);
      const open = query.where('status', 'not in', ['done', 'archived']).orderBy('createdAt').orderBy('id');
      return (await open.execute()).map(toTask);
    },
    async dueScheduled(now) {
      const query = connection
        .selectFrom('tasks')
        .selectAll()
        .where('status', '=', 'scheduled')
        .where('scheduledAt', '<=', now)
        .orderBy('id')
        .limit(500);
      const rows = await (context.locksRows ? query.forUpdate().skipLocked() : query).execute();
      return rows.map(toTask);
    },
    nextDueAt: (now) => nextDueAt(context, now),
  };
}

async function insertTask(context: StoreContext, task: Task): Promise<{ task: Task; isNew: boolean }> {
  const { connection } = context;
  const inserted = await connection
    .insertInto('tasks')
    .values(toRow(task))
    .onConflict((conflict) => conflict.columns(['projectId', 'idempotencyKey']).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (inserted) return { task, isNew: true };
  const known = await connection
    .selectFrom('tasks')
    .selectAll()
    .where('projectId', '=', task.projectId)
    .where('idempotencyKey', '=', task.idempotencyKey)
    .executeTakeFirstOrThrow();
  return { task: toTask(known), isNew: false };
}

async function findMany(context: StoreContext, taskIds: readonly string[]): Promise<Task[]> {
  const query = context.connection
    .selectFrom('tasks')
    .selectAll()
    .where(context.dialect.isOneOf('id', taskIds))
    .orderBy('id');
  return (await (context.locksRows ? query.forUpdate() : query).execute()).map(toTask);
}

async function takeReady(context: StoreContext, filter: ReadyFilter): Promise<Task[]> {
  if (filter.assignees.length === 0) return [];
  let query = context.connection
    .selectFrom('tasks')
    .selectAll()
    .where('status', '=', 'ready')
    .where('assignee', 'in', [...filter.assignees]);
  for (const { projectId, assignee } of filter.exceptPairs)
    query = query.where((where) =>
      where.or([where('projectId', '<>', projectId as ProjectId), where('assignee', '<>', assignee)]),
    );
  return (await takeFree(context, query, filter)).map(toTask);
}

async function nextDueAt({ connection }: StoreContext, now: number): Promise<number | null> {
  const scheduled = await connection
    .selectFrom('tasks')
    .select((select) => select.fn.min('scheduledAt').as('at'))
    .where('status', '=', 'scheduled')
    .executeTakeFirst();
  const retry = await connection
    .selectFrom('tasks')
    .select((select) => select.fn.min('retryAt').as('at'))
    .where('status', 'in', ['ready', 'review'])
    .where('retryAt', '>', now)
    .executeTakeFirst();
  const times = [scheduled?.at, retry?.at].filter((at) => at !== null && at !== undefined).map(Number);
  return times.length === 0 ? null : Math.min(...times);
}

async function distinct({ connection }: StoreContext, column: 'tenant' | 'assignee'): Promise<string[]> {
  let query = connection.selectFrom('tasks').select(column).distinct().where(column, 'is not', null);
  if (column === 'assignee') query = query.where('status', '<>', 'archived');
  const rows = await query.orderBy(column).execute();
  return rows.flatMap((row) => row[column] ?? []);
}

function toRow(task: Task): TaskRow {
  return {
    ...task,
    isHeld: task.isHeld ? 1 : 0,
    landing: task.landing && JSON.stringify(task.landing),
    labels: JSON.stringify(task.labels),
    verdict: task.verdict && JSON.stringify(task.verdict),
  };
}

/** The row becomes the task: to copy ten thousand of them took the board a fifth of its time. */
function toTask(row: TaskRow): Task {
  const read = {
    isHeld: row.isHeld === 1,
    landing: row.landing === null ? null : fromJson<Task['landing']>(row.landing),
    labels: row.labels === '[]' ? [] : fromJson<Task['labels']>(row.labels),
    verdict: row.verdict === null ? null : fromJson<Task['verdict']>(row.verdict),
  };
  return Object.assign<object, typeof read>(row, read) as Task;
}
