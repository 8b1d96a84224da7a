import type { Client } from '@quarterdeck/client/call';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';
import type { Run } from '@quarterdeck/contract/run';
import type { TaskDetail } from '@quarterdeck/contract/task';
import { fullSpelling, isWholeId, matchId } from './match-id.ts';

/** The whole id of the task that was meant by an id or by its beginning. */
export async function findTaskId(client: Client, typed: string): Promise<Result<string>> {
  const id = fullSpelling('t', typed);
  if (isWholeId(id)) return ok(id);
  const board = await client.call('board.show', { query: { includeArchived: 'true' } });
  if (!board.ok) return board;
  const ids = board.value.columns.flatMap((column) => column.tasks.map((task) => task.id));
  return matchId({ prefix: 't', notFound: 'task_not_found', detail: 'taskId' }, typed, ids);
}

/** The whole ids of several tasks; the first one that cannot be found refuses all. */
export async function findTaskIds(
  client: Client,
  typed: readonly string[],
): Promise<Result<readonly string[]>> {
  const found: string[] = [];
  for (const each of typed) {
    const id = await findTaskId(client, each);
    if (!id.ok) return id;
    found.push(id.value);
  }
  return ok(found);
}

/** The task that was meant, with all there is to know about it. */
export async function findTask(client: Client, typed: string): Promise<Result<TaskDetail>> {
  const taskId = await findTaskId(client, typed);
  return taskId.ok ? client.call('task.show', { params: { taskId: taskId.value } }) : taskId;
}

/** The run that works on a task now. */
export async function findLiveRun(client: Client, typed: string): Promise<Result<Run>> {
  const detail = await findTask(client, typed);
  if (!detail.ok) return detail;
  const { task, runs } = detail.value;
  const live = runs.find((run) => run.id === task.currentRunId) ?? runs.find((run) => run.status !== 'ended');
  if (live) return ok(live);
  const newest = newestRun(runs);
  if (newest) return refuse('run_not_live', { runId: newest.id });
  return refuse('invalid_input', {
    reason: `${task.id} is ${task.status} and has not run yet; there is no agent to reach`,
  });
}

/** The latest attempt at a task. */
export function newestRun(runs: readonly Run[]): Run | undefined {
  return runs.toSorted((a, b) => b.attempt - a.attempt)[0];
}
