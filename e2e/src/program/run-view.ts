import type { Client } from '@quarterdeck/client/call';
import type { Run } from '@quarterdeck/contract/run';
import type { TaskDetail } from '@quarterdeck/contract/task';
import { waitUntil } from './wait-until.ts';

/** A task with everything that belongs to it. */
export async function detailOf(client: Client, taskId: string): Promise<TaskDetail> {
  const shown = await client.call('task.show', { params: { taskId } });
  if (!shown.ok) throw new Error(shown.refusal.message);
  return shown.value;
}

/** Waits until this attempt at a task has an agent at work that said something, and returns it. */
export function waitForWork(client: Client, taskId: string, timeoutMs = 60_000): Promise<Run> {
  return waitUntil(
    `an agent at work on ${taskId}`,
    async () => (await detailOf(client, taskId)).runs.find((run) => run.status === 'working' && run.activity),
    { timeoutMs },
  );
}

/** Waits until an attempt (1 is the first) has ended, and returns it. */
export async function waitForEnd(client: Client, taskId: string, attempt = 1): Promise<Run> {
  let last: TaskDetail | undefined;
  return waitUntil(
    `attempt ${attempt} at ${taskId} to end`,
    async () => {
      last = await detailOf(client, taskId);
      return last.runs.find((run) => run.attempt === attempt && run.status === 'ended');
    },
    { timeoutMs: 90_000, explain: () => JSON.stringify(last, null, 1) },
  );
}
