import type { Task } from '@quarterdeck/contract/task';
import type { RunRecord } from './ports.ts';

/** Whether a run may still write for its task: it is the current one, and neither ended nor told to stop. */
export function ownsTask(run: RunRecord, task: Pick<Task, 'id' | 'currentRunId'> | null): boolean {
  const isCurrent = task?.id === run.taskId && task.currentRunId === run.id;
  return isCurrent && run.status !== 'ended' && run.status !== 'stopping';
}
