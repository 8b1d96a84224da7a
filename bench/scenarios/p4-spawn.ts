import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { ProfileInput } from '@quarterdeck/contract/profile';
import { startEmptyProcess } from '../harness/empty-process.ts';
import { numberText } from '../harness/print-table.ts';
import { type RunningProgram, startProgram } from '../harness/program.ts';
import type { Scenario } from '../harness/scenario.ts';
import { summarize } from '../harness/statistics.ts';
import { withTempFolder } from '../harness/temp-folder.ts';

const AGENT = join(import.meta.dirname, '../programs/punctual-agent.ts');
const PROFILE = 'punctual';
const TARGET_MS = 100;
const EXISTS = 'POST → process exists';
const RUN_PATIENCE_MS = 30_000;
/** The seed looks for ready tasks this often, ms; on average a task waits for half of it. */
const SEED_TICK_MS = 60_000;

interface Spawn {
  readonly spawnedAt: number;
  readonly runningAt: number;
}
interface Measured {
  readonly postedAt: number;
  readonly answeredAt: number;
  /** When the server committed the claim, and when the runner had the workspace ready; the server's clock, whole ms. */
  readonly claimedAt: number | null;
  readonly preparedAt: number | null;
  readonly emptyProcessMs: number;
  readonly spawns: readonly Spawn[];
  readonly isDone: boolean;
}

/** A task that can run is created over REST; how long until the agent's process exists. */
export const scenario: Scenario = {
  id: 'P4',
  name: 'spawn',
  summary:
    'POST /tasks on an idle runner until the process of its agent has started, one task after the other',
  async run(settings, say) {
    const count = settings.number('tasks', 30);
    return withTempFolder('spawn', async (home) => {
      const log = join(home, 'spawned.jsonl');
      await install(home, log);
      const program = await startProgram(home, ['--no-demo']);
      try {
        await agentIsThere(program);
        const folder = join(home, 'work');
        await mkdir(folder);
        const measured: Measured[] = [];
        for (let number = 1; number <= count; number += 1) {
          say(`task ${number} of ${count}`);
          measured.push(await runOne(program, { folder, log, number }));
        }
        return report(measured);
      } finally {
        await program.stop();
      }
    });
  },
};

async function install(home: string, log: string): Promise<void> {
  const profile: ProfileInput = {
    id: PROFILE,
    name: 'Punctual',
    initials: 'Pu',
    command: process.execPath,
    args: [AGENT, log],
    detect: { versionArgs: [] },
  };
  await mkdir(join(home, 'profiles'), { recursive: true });
  await writeFile(join(home, 'profiles', `${PROFILE}.json`), JSON.stringify(profile));
  await writeFile(log, '');
}

async function agentIsThere({ client }: RunningProgram): Promise<void> {
  await until('the runner offers the agent', async () => {
    const fleet = await client.call('agent.list');
    return fleet.ok && fleet.value.agents.some((it) => it.profile === PROFILE && it.isInstalled);
  });
}

async function runOne(
  { client }: RunningProgram,
  task: { readonly folder: string; readonly log: string; readonly number: number },
): Promise<Measured> {
  const emptyProcessMs = await startEmptyProcess();
  const before = (await readSpawns(task.log)).length;
  const postedAt = now();
  const made = await client.call('task.create', {
    body: {
      title: `Be punctual, time ${task.number}`,
      assignee: PROFILE,
      workspaceKind: 'dir',
      workspacePath: task.folder,
    },
  });
  const answeredAt = now();
  if (!made.ok) throw new Error(made.refusal.message);
  const { id } = made.value.task;
  let isDone = false;
  await until(`task ${id} is done`, async () => {
    const shown = await client.call('task.show', { params: { taskId: id } });
    isDone = shown.ok && shown.value.task.status === 'done';
    return isDone;
  }).catch(() => undefined);
  const log = await client.call('task.events', { params: { taskId: id } });
  const timeOf = (kind: string) =>
    (log.ok && log.value.events.find((event) => event.kind === kind)?.at) || null;
  return {
    postedAt,
    answeredAt,
    claimedAt: timeOf('run.claimed'),
    preparedAt: timeOf('run.starting'),
    emptyProcessMs,
    spawns: (await readSpawns(task.log)).slice(before),
    isDone,
  };
}

function now(): number {
  return performance.timeOrigin + performance.now();
}

async function readSpawns(log: string): Promise<Spawn[]> {
  const lines = (await readFile(log, 'utf8')).split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line) as Spawn);
}

/** Looks again every 100 ms: rarely enough not to disturb what is measured. */
async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + RUN_PATIENCE_MS;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`waited in vain: ${what}`);
    await wait(100);
  }
}

function report(measured: readonly Measured[]) {
  const steps: [string, (it: Measured, spawn: Spawn) => number][] = [
    ['POST → reply', (it) => it.answeredAt - it.postedAt],
    ['POST → claimed', (it) => (it.claimedAt ?? Number.NaN) - it.postedAt],
    ['POST → workspace ready, host starts', (it) => (it.preparedAt ?? Number.NaN) - it.postedAt],
    [EXISTS, (it, spawn) => spawn.spawnedAt - it.postedAt],
    ["POST → agent's first line of code", (it, spawn) => spawn.runningAt - it.postedAt],
    ['an empty Node process, start to exit', (it) => it.emptyProcessMs],
  ];
  const rows = steps.map(([what, from]) => {
    const times = measured.flatMap((it) => (it.spawns[0] ? [from(it, it.spawns[0])] : []));
    return { what, ...summarize(times) };
  });
  const p50 = rows.find((row) => row.what === EXISTS)?.p50 ?? Number.NaN;
  return {
    tables: [
      {
        title: 'ms',
        columns: ['', 'tasks', 'p50', 'p99', 'min', 'max'],
        rows: rows.map((it) => [it.what, it.count, it.p50, it.p99, it.min, it.max]),
      },
    ],
    verdicts: [
      {
        what: `POST → process exists, p50 (the seed: up to ${numberText(SEED_TICK_MS)} ms until its tick)`,
        target: `≤ ${TARGET_MS} ms`,
        seen: `${numberText(p50)} ms`,
        isMet: p50 <= TARGET_MS,
      },
    ],
    faults: {
      lost: measured.filter((it) => it.spawns.length === 0 || !it.isDone).length,
      doubled: measured.filter((it) => it.spawns.length > 1).length,
    },
  };
}
