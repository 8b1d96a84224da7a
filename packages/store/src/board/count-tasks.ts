import type { TaskStore } from '@quarterdeck/core/board';
import type { StoreContext } from '../transaction.ts';

/** Counts per status and per assignee and status, and when the oldest ready task was made. Archived tasks do not count. */
export async function countTasks({
  connection,
}: StoreContext): Promise<Awaited<ReturnType<TaskStore['stats']>>> {
  const rows = await connection
    .selectFrom('tasks')
    .select((select) => [
      'status',
      'assignee',
      select.fn.countAll<number>().as('count'),
      select.fn.min('createdAt').as('oldest'),
    ])
    .where('status', '<>', 'archived')
    .groupBy(['status', 'assignee'])
    .execute();
  const byStatus: Record<string, number> = {};
  const byAssignee: Record<string, Record<string, number>> = {};
  let oldestReadyAt: number | null = null;
  for (const { status, assignee, count, oldest } of rows) {
    byStatus[status] = (byStatus[status] ?? 0) + count;
    if (assignee !== null) byAssignee[assignee] = { ...byAssignee[assignee], [status]: count };
    if (status === 'ready') oldestReadyAt = Math.min(oldestReadyAt ?? Number(oldest), Number(oldest));
  }
  return { byStatus, byAssignee, oldestReadyAt };
}
