import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { transcriptOfRun } from '../../src/program/board-view.ts';
import { detailOf } from '../../src/program/run-view.ts';
import type { Bench } from '../stage/bench.ts';

/** Writes what can be known of the tasks of a check that failed: their runs, conversations, logs, and what their models were asked. */
export async function saveEvidence(
  bench: Bench,
  { folder, name }: { readonly folder: string; readonly name: string },
): Promise<string> {
  const tasks = await Promise.all(bench.given.map((taskId) => evidenceOf(bench, taskId)));
  const file = join(folder, `${name}.json`);
  await mkdir(folder, { recursive: true });
  await writeFile(file, `${JSON.stringify({ tasks, output: bench.stage.program.output() }, null, 2)}\n`);
  return file;
}

async function evidenceOf(bench: Bench, taskId: string) {
  const { client } = bench;
  const detail = await detailOf(client, taskId);
  const conversations = await Promise.all(detail.runs.map((run) => transcriptOfRun(client, run)));
  const logs = await Promise.all(
    detail.runs.map(({ id }) => client.call('task.log', { params: { taskId }, query: { run: id } })),
  );
  const approvals = await client.call('approval.list', { query: { task: taskId } });
  const requests = bench.stage.models.requests
    .filter(({ body }) => JSON.stringify(body).includes(taskId))
    .map(({ at, path, headers, scenario, stepIndex, turn, body }) => ({
      at,
      path,
      headers,
      scenario,
      stepIndex,
      turn,
      body,
    }));
  return { detail, conversations, logs, approvals, requests };
}
