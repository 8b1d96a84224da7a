import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RunId, TaskId } from '@quarterdeck/contract/ids';
import { expect, it } from 'vitest';
import { makeTemp } from '../testing/make-temp.ts';
import { keepAgentHome, takeAgentHome } from './agent-homes.ts';
import { runFolder } from './run-folder.ts';

const taskId = TaskId.parse('t_0001');

/** A run's folder with an agent's home and a journal that names its session. */
async function pastRun(root: string, run: { readonly id: string; readonly canResume: boolean }) {
  const folder = runFolder(root, RunId.parse(run.id));
  await mkdir(join(folder.agentHome, '.cache'), { recursive: true });
  await writeFile(join(folder.agentHome, 'session'), run.id);
  const { canResume } = run;
  const entry = { kind: 'session', agentSessionId: 'ses_1', canResume, isResumed: false };
  await writeFile(join(folder.path, 'journal.jsonl'), `${JSON.stringify({ seq: 1, at: 1, entry })}\n`);
  return folder;
}

/** The folder of the next attempt, with the home it was given. */
async function nextRun(root: string) {
  const folder = runFolder(root, RunId.parse('r_next'));
  await mkdir(folder.path, { recursive: true });
  await takeAgentHome(root, taskId, folder);
  return folder;
}

it('gives the next attempt the home of an agent that can go on with its session, without its cache', async () => {
  await using temp = await makeTemp();
  await keepAgentHome(temp.path, taskId, await pastRun(temp.path, { id: 'r_0001', canResume: true }));
  await keepAgentHome(temp.path, taskId, await pastRun(temp.path, { id: 'r_0002', canResume: true }));
  const { agentHome } = await nextRun(temp.path);
  expect(await readFile(join(agentHome, 'session'), 'utf8')).toBe('r_0002');
  expect(existsSync(join(agentHome, '.cache'))).toBe(false);
  await takeAgentHome(temp.path, taskId, runFolder(temp.path, RunId.parse('r_next')));
  expect(existsSync(agentHome)).toBe(true);
});

it('keeps nothing of an agent that cannot, so that the next attempt begins with an empty home', async () => {
  await using temp = await makeTemp();
  await keepAgentHome(temp.path, taskId, await pastRun(temp.path, { id: 'r_0001', canResume: false }));
  expect(existsSync((await nextRun(temp.path)).agentHome)).toBe(false);
});
