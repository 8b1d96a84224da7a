import type { Client } from '@quarterdeck/client/call';
import type { Proposal } from '@quarterdeck/contract/proposal';
import type { TranscriptItem } from '@quarterdeck/contract/session';
import type { TaskCard } from '@quarterdeck/contract/task';
import { waitUntil } from './wait-until.ts';

/** All cards on the board. */
export async function cardsOf(client: Client): Promise<TaskCard[]> {
  const board = await client.call('board.show', { query: { includeArchived: 'true' } });
  if (!board.ok) throw new Error(board.refusal.message);
  return board.value.columns.flatMap((column) => column.tasks);
}

/** Waits until a task has this status, and returns its card. */
export function waitForStatus(
  client: Client,
  taskId: string,
  status: TaskCard['status'],
  timeoutMs = 60_000,
): Promise<TaskCard> {
  let last = 'nothing';
  return waitUntil(
    `task ${taskId} to be ${status}`,
    async () => {
      const shown = await client.call('task.show', { params: { taskId } });
      if (!shown.ok) return undefined;
      last = JSON.stringify({ task: shown.value.task, runs: shown.value.runs }, null, 1);
      return shown.value.task.status === status && shown.value.task;
    },
    { timeoutMs, explain: () => last },
  );
}

/** Waits for the next approval that is pending. */
export function waitForApproval(client: Client, timeoutMs = 60_000): Promise<Proposal> {
  return waitUntil(
    'a pending approval',
    async () => {
      const list = await client.call('approval.list', { query: { status: 'pending' } });
      return list.ok ? list.value.proposals[0] : undefined;
    },
    { timeoutMs },
  );
}

/** The conversation of a task's newest run. */
export async function transcriptOf(client: Client, taskId: string): Promise<TranscriptItem[]> {
  const shown = await client.call('task.show', { params: { taskId } });
  const run = shown.ok ? shown.value.runs.at(-1) : undefined;
  return transcriptOfRun(client, run);
}

/** The conversation of a run. */
export async function transcriptOfRun(
  client: Client,
  run: { readonly sessionId: string } | undefined,
): Promise<TranscriptItem[]> {
  if (!run) throw new Error('there is no such run');
  const transcript = await client.call('session.transcript', { params: { sessionId: run.sessionId } });
  if (!transcript.ok) throw new Error(transcript.refusal.message);
  return transcript.value.items.map((stored) => stored.item);
}

/** Creates a task and returns its id. */
export async function createTask(
  client: Client,
  task: { readonly title: string; readonly [field: string]: unknown },
): Promise<string> {
  const made = await client.call('task.create', { body: task });
  if (!made.ok) throw new Error(made.refusal.message);
  return made.value.task.id;
}
