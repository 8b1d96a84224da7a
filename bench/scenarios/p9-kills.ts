import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { RunId, TaskId } from '@quarterdeck/contract/ids';
import { openStore, type Store } from '@quarterdeck/store';
import { childrenOf, commandLine } from '../harness/processes.ts';
import { type RunningProgram, startProgram } from '../harness/program.ts';
import type { Scenario } from '../harness/scenario.ts';
import { summarize } from '../harness/statistics.ts';
import {
  installSteadyAgents,
  newestStepAt,
  STEADY,
  type SteadyAgents,
  storedSteps,
} from '../harness/steady-agents.ts';
import { withTempFolder } from '../harness/temp-folder.ts';

const PATIENCE_MS = 60_000;
const TARGET_MS = 2_000;
/** Between kills, so that everything is at work again. */
const CALM_MS = 1_500;

type Victim = 'server' | 'runner' | 'agent host';
interface Round {
  readonly victim: Victim;
  /** From the kill until what was killed is there again: the server answers; for a host, its run is closed and its agent dead. */
  readonly backMs: number;
  /** From the kill until steps made after it are in the database, of every agent; for a host, of the task's next attempt. */
  readonly fullMs: number;
}
interface Bench {
  readonly program: RunningProgram;
  readonly store: Store;
  readonly agents: SteadyAgents;
  readonly home: string;
  readonly tasks: readonly TaskId[];
}

/** Kills each part while agents work, and measures until everything works again; then compares every step with the database. */
export const scenario: Scenario = {
  id: 'P9',
  name: 'kills',
  summary: 'SIGKILL of server, runner and agent host while agents work, until steps made after it are stored',
  async run(settings, say) {
    const rounds = settings.number('rounds', 3);
    const count = settings.number('agents', 4);
    return withTempFolder('kills', async (home) => {
      const agents = await installSteadyAgents(home, { pauseMs: 50, mostSteps: 1e6, atOnce: count });
      const program = await startProgram(home, ['--no-demo']);
      const store = await openStore({ url: join(home, 'quarterdeck.db'), onCommit: () => undefined });
      try {
        const tasks = await startTasks({ program, store, folder: agents.folder, count });
        const bench: Bench = { program, store, agents, home, tasks };
        await untilWorking(bench, Date.now());
        const done = await killAll(bench, { rounds, say });
        await agents.letFinish();
        return report(done, await countFaults(bench));
      } finally {
        await store.close();
        await program.stop();
      }
    });
  },
};

async function startTasks(on: {
  readonly program: RunningProgram;
  readonly store: Store;
  readonly folder: string;
  readonly count: number;
}): Promise<TaskId[]> {
  const { client } = on.program;
  await until('the runner offers the agent', async () => {
    const fleet = await client.call('agent.list');
    return fleet.ok && fleet.value.agents.some((it) => it.profile === STEADY && it.isInstalled);
  });
  const tasks: TaskId[] = [];
  for (let number = 1; number <= on.count; number += 1) {
    const made = await client.call('task.create', {
      body: {
        title: `Steps, ${number}`,
        assignee: STEADY,
        workspaceKind: 'dir',
        workspacePath: on.folder,
      },
    });
    if (!made.ok) throw new Error(made.refusal.message);
    tasks.push(made.value.task.id);
  }
  return tasks;
}

async function killAll(
  bench: Bench,
  { rounds, say }: { readonly rounds: number; readonly say: (text: string) => void },
): Promise<Round[]> {
  const done: Round[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    for (const victim of ['server', 'runner', 'agent host'] as const) {
      say(`round ${round} of ${rounds}: ${victim}`);
      await wait(CALM_MS);
      done.push(victim === 'agent host' ? await killHost(bench, round) : await killPart(bench, victim));
    }
  }
  return done;
}

async function killPart(bench: Bench, victim: 'server' | 'runner'): Promise<Round> {
  const pid = await untilFound(() => partOf(bench.program, victim));
  const killedAt = Date.now();
  process.kill(pid, 'SIGKILL');
  const back =
    victim === 'server'
      ? answers(bench.program)
      : untilFound(async () => {
          const now = await partOf(bench.program, victim);
          return now === pid ? null : now;
        });
  const [backAt] = await Promise.all([back.then(() => Date.now()), untilWorking(bench, killedAt)]);
  return { victim, backMs: backAt - killedAt, fullMs: Date.now() - killedAt };
}

async function killHost(bench: Bench, round: number): Promise<Round> {
  const taskId = bench.tasks[round % bench.tasks.length] as TaskId;
  const run = await untilFound(() => liveRun(bench, taskId));
  const path = join(bench.home, 'runner', 'runs', run, 'host.json');
  const { pid } = JSON.parse(await readFile(path, 'utf8')) as { pid: number };
  const killedAt = Date.now();
  process.kill(pid, 'SIGKILL');
  await until('the run is closed', async () => {
    const found = await bench.store.read((ports) => ports.runs.find(run));
    return found?.status === 'ended' && found.outcome === 'crashed';
  });
  const backMs = Date.now() - killedAt;
  await untilWorking(bench, killedAt);
  return { victim: 'agent host', backMs, fullMs: Date.now() - killedAt };
}

async function answers({ client }: RunningProgram): Promise<void> {
  await until('the server answers', async () =>
    client.call('agent.list').then(
      (reply) => reply.ok,
      () => false,
    ),
  );
}

async function partOf({ pids }: RunningProgram, name: string): Promise<number | null> {
  for (const pid of await childrenOf(pids.supervisor))
    if ((await commandLine(pid)).includes(`${name}.mjs`)) return pid;
  return null;
}

async function liveRun({ store }: Bench, taskId: TaskId): Promise<RunId | null> {
  const runs = await store.read((ports) => ports.runs.ofTask(taskId));
  return runs.find((run) => run.status === 'working')?.id ?? null;
}

/** Every task has a run of which a step made after `since` is in the database. */
async function untilWorking(bench: Bench, since: number): Promise<void> {
  await Promise.all(
    bench.tasks.map((taskId) =>
      until(`${taskId} is worked on`, async () => {
        const run = await liveRun(bench, taskId);
        return run !== null && (await newestStepAt(bench.store, run)) > since;
      }),
    ),
  );
}

async function countFaults({ program, store, agents, tasks }: Bench) {
  await until('all tasks are done', async () => {
    const shown = await Promise.all(
      tasks.map((taskId) => program.client.call('task.show', { params: { taskId } }).catch(() => null)),
    );
    return shown.every((reply) => reply?.ok && reply.value.task.status === 'done');
  });
  const faults = { lost: 0, doubled: 0, 'out of order': 0 };
  for (const [runId, { pids, steps }] of await agents.steps()) {
    const run = await store.read((ports) => ports.runs.find(runId as RunId));
    const stored = await storedSteps(store, runId as RunId);
    faults.doubled += pids.size - 1 + stored.length - new Set(stored).size;
    faults['out of order'] += stored.filter((step, index) => step !== index + 1).length;
    // What an agent said into the pipe of a host that was dead, nobody has heard.
    if (run?.outcome !== 'crashed') faults.lost += steps.length - new Set(stored).size;
  }
  return faults;
}

async function untilFound<T>(look: () => Promise<T | null>): Promise<T> {
  let found: T | null = null;
  await until('something is there', async () => {
    found = await look();
    return found !== null;
  });
  return found as T;
}

async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`waited in vain: ${what}`);
    await wait(20);
  }
}

function report(rounds: readonly Round[], faults: Awaited<ReturnType<typeof countFaults>>) {
  const ofVictim = (victim: Victim) => rounds.filter((round) => round.victim === victim);
  const victims = ['server', 'runner', 'agent host'] as const;
  const rows = victims.map((victim) => {
    const back = summarize(ofVictim(victim).map((it) => it.backMs));
    const full = summarize(ofVictim(victim).map((it) => it.fullMs));
    return { victim, kills: full.count, back, full };
  });
  return {
    tables: [
      {
        title: 'ms from the kill',
        columns: ['killed', 'times', 'back p50', 'back max', 'full function p50', 'full function max'],
        rows: rows.map(({ victim, kills, back, full }) => [
          victim,
          kills,
          back.p50,
          back.max,
          full.p50,
          full.max,
        ]),
      },
    ],
    verdicts: rows.map(({ victim, full }) => ({
      what: `${victim}: kill → full function, p50`,
      target: victim === 'agent host' ? '≤ 2,000 ms and 2,000 ms of waiting' : '≤ 2,000 ms',
      seen: `${Math.round(full.p50)} ms`,
      isMet: full.p50 <= (victim === 'agent host' ? 2 * TARGET_MS : TARGET_MS),
    })),
    faults,
  };
}
