import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { TaskCard } from '@quarterdeck/contract/task';
import { git } from '../program/make-repository.ts';
import { findOwnProcesses } from './find-processes.ts';

const OF_RUNS: readonly string[] = ['host', 'agent', 'other'];

/** What is left behind when all work is done: processes, run folders, sockets, worktrees of landings. */
export async function leftBehind(home: string): Promise<string[]> {
  const processes = (await findOwnProcesses(home)).filter((it) => OF_RUNS.includes(it.kind));
  const runs = await readdir(join(home, 'runner', 'runs')).catch(() => []);
  const landings = await readdir(join(home, 'landing')).catch(() => []);
  const files = await readdir(home, { recursive: true });
  return [
    ...processes.map((it) => `process ${it.pid} (${it.kind} of ${it.runId}) lives on`),
    ...runs.map((runId) => `the folder of ${runId} is still there`),
    ...landings.map((name) => `the landing in ${name} is still there`),
    ...files.filter((name) => /\.sock$|\.mark$/.test(name)).map((name) => `${name} is still there`),
  ];
}

/** Whether the work of every task that is done is where it belongs: on its branch, and in `main` when it has landed. */
export async function workFaults(repository: string, cards: readonly TaskCard[]): Promise<string[]> {
  const faults: string[] = [];
  for (const card of cards) {
    const wanted = Number(/^(\d+) steps$/.exec(card.result ?? '')?.[1] ?? 0);
    if (card.status !== 'done' || wanted === 0 || card.branch === null) continue;
    const text = Array.from({ length: wanted }, (_, index) => `${index + 1}\n`).join('');
    const places = card.landing?.status === 'landed' ? [card.branch, 'main'] : [card.branch];
    for (const place of places) {
      const found = await git(repository, 'show', `${place}:${card.id}.txt`).catch(() => 'nothing');
      if (found !== text)
        faults.push(`${place} has ${JSON.stringify(found)} of ${card.id}, not ${wanted} steps`);
    }
  }
  return faults;
}
