import type { TaskId } from '@quarterdeck/contract/ids';
import type { WorkspaceDeps } from '../ports.ts';

/** Those of some tasks that nobody works on and nobody can send back without opening them again: done, archived or gone. */
export async function findRestingTasks(
  { db }: Pick<WorkspaceDeps, 'db'>,
  taskIds: readonly TaskId[],
): Promise<TaskId[]> {
  return db.read(async ({ tasks }) => {
    const resting: TaskId[] = [];
    for (const taskId of taskIds) {
      const status = (await tasks.find(taskId))?.status ?? 'archived';
      if (status === 'done' || status === 'archived') resting.push(taskId);
    }
    return resting;
  });
}
