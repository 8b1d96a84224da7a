import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { RunId } from '@quarterdeck/contract/ids';
import { openStore, type Store } from '@quarterdeck/store';
import { numberText } from '../harness/print-table.ts';
import { cpuMs, findByCommandLine, memoryMb } from '../harness/processes.ts';
import { type RunningProgram, startProgram } from '../harness/program.ts';
import type { Scenario } from '../harness/scenario.ts';
import { type Summary, summarize } from '../harness/statistics.ts';
import { installSteadyAgents, STEADY, type SteadyAgents, storedSteps } from '../harness/steady-agents.ts';
import { withTempFolder } from '../harness/temp-folder.ts';

const LOOP = join(import.meta.dirname, '../programs/measure-loop.mjs');
const PATIENCE_MS = 10 * 60_000;
const LOOP_TARGET_MS = 50;
const HOST_TARGET_MB = 80;

interface Loop {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}
interface Crowd {
  readonly program: RunningProgram;
  readonly store: Store;
  readonly agents: SteadyAgents;
  readonly home: string;
  readonly count: number;
}
interface Seen {
  readonly allAtWorkMs: number;
  readonly allDoneMs: number;
  /** While they start, while all work, and while they report. */
  readonly loops: readonly { readonly when: string; readonly loop: Loop }[];
  readonly hosts: Summary;
  readonly hostShares: Summary;
  readonly serverCpuPercent: number;
  readonly faults: Readonly<Record<string, number>>;
}

/** Many agents at once on one machine: they all start, work side by side for a while, and all report. */
export const scenario: Scenario = {
  id: 'P6',
  name: 'crowd',
  summary:
    'scripted agents that all work at once: the delay of the server’s event loop and the memory of their hosts',
  async run(settings, say) {
    const count = settings.number('agents', 100);
    const seconds = settings.number('seconds', 20);
    return withTempFolder('crowd', async (home) => {
      const agents = await installSteadyAgents(home, { pauseMs: 500, mostSteps: 1e6, atOnce: count });
      const loopFile = join(home, 'loop.json');
      const program = await startProgram(home, ['--no-demo'], {
        QUARTERDECK_RUNNER_CAPACITY: String(count),
        NODE_OPTIONS: `--import ${LOOP}`,
        BENCH_LOOP_FILE: loopFile,
      });
      const store = await openStore({ url: join(home, 'quarterdeck.db'), onCommit: () => undefined });
      try {
        const crowd = { program, store, agents, home, count };
        return report(await measure(crowd, { seconds, loopFile, say }), count);
      } finally {
        await store.close();
        await program.stop();
      }
    });
  },
};

async function measure(
  crowd: Crowd,
  { seconds, loopFile, say }: { seconds: number; loopFile: string; say: (text: string) => void },
): Promise<Seen> {
  const { program, agents, count } = crowd;
  const { server } = program.pids;
  const readLoop = async (when: string) => ({ when, loop: await takeLoop(server, loopFile) });
  await untilOffered(program);
  await readLoop('before');
  say('all start');
  const startedAt = performance.now();
  await createTasks(crowd);
  await until('all agents work', async () => (await atWork(crowd)) === count);
  const allAtWorkMs = performance.now() - startedAt;
  const starting = await readLoop('while they start');
  say('all work');
  const cpuBefore = await cpuMs(server);
  await wait(seconds * 1000);
  const working = await readLoop('while all work');
  const serverCpuPercent = ((await cpuMs(server)) - cpuBefore) / (seconds * 10);
  const memory = await Promise.all((await hostsOf(crowd.home)).map(memoryMb));
  say('all report');
  const finishedAt = performance.now();
  await agents.letFinish();
  await until('all tasks are done', async () => (await doneTasks(crowd)) === count).catch(() => undefined);
  const allDoneMs = performance.now() - finishedAt;
  const reporting = await readLoop('while they report');
  return {
    allAtWorkMs,
    allDoneMs,
    loops: [starting, working, reporting],
    hosts: summarize(memory.map((it) => it.resident)),
    hostShares: summarize(memory.map((it) => it.share)),
    serverCpuPercent,
    faults: await countFaults(crowd),
  };
}

async function untilOffered({ client }: RunningProgram): Promise<void> {
  await until('the runner offers the agent', async () => {
    const fleet = await client.call('agent.list');
    return fleet.ok && fleet.value.agents.some((it) => it.profile === STEADY && it.isInstalled);
  });
}

async function createTasks({ program, agents, count }: Crowd): Promise<void> {
  for (let number = 1; number <= count; number += 1) {
    const made = await program.client.call('task.create', {
      body: {
        title: `Crowd, ${number}`,
        assignee: STEADY,
        workspaceKind: 'dir',
        workspacePath: agents.folder,
      },
    });
    if (!made.ok) throw new Error(made.refusal.message);
  }
}

async function atWork({ agents }: Crowd): Promise<number> {
  return [...(await agents.steps()).values()].filter((run) => run.steps.length > 0).length;
}

/** Read from the rows: asking the server would be part of what is measured. */
async function doneTasks({ store }: Crowd): Promise<number> {
  const tasks = await store.read((ports) => ports.tasks.list({ includeArchived: false }));
  return tasks.filter((task) => task.status === 'done').length;
}

function hostsOf(home: string): Promise<number[]> {
  return findByCommandLine(join(home, 'runner', 'runs'));
}

async function takeLoop(server: number, file: string): Promise<Loop> {
  const before = await readFile(file, 'utf8').catch(() => '');
  process.kill(server, 'SIGUSR2');
  let text = before;
  await until('the server writes its delays', async () => {
    text = await readFile(file, 'utf8').catch(() => '');
    return text !== before && text.endsWith('}');
  });
  return JSON.parse(text) as Loop;
}

async function countFaults(crowd: Crowd) {
  const { store, agents, count } = crowd;
  const faults = { unfinished: count - (await doneTasks(crowd)), lost: 0, doubled: 0, 'out of order': 0 };
  const runs = await agents.steps();
  faults.doubled += Math.max(0, runs.size - count);
  for (const [runId, { pids, steps }] of runs) {
    const stored = await storedSteps(store, runId as RunId);
    faults.lost += steps.length - new Set(stored).size;
    faults.doubled += pids.size - 1 + stored.length - new Set(stored).size;
    faults['out of order'] += stored.filter((step, index) => step !== index + 1).length;
  }
  return faults;
}

async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`waited in vain: ${what}`);
    await wait(250);
  }
}

function report(seen: Seen, count: number) {
  const worst = Math.max(...seen.loops.map(({ loop }) => loop.p99));
  return {
    tables: [
      {
        title: `${count} agents`,
        columns: ['', ''],
        rows: [
          ['first task → all at work, s', seen.allAtWorkMs / 1000],
          ['word to finish → all tasks done, s', seen.allDoneMs / 1000],
          ['server while all work, % of a core', seen.serverCpuPercent],
          ['agent host resident, p50, MB', seen.hosts.p50],
          ['agent host resident, max, MB', seen.hosts.max],
          ['agent host share, p50, MB', seen.hostShares.p50],
        ],
      },
      {
        title: 'delay of the server’s event loop, ms',
        columns: ['', 'p50', 'p99', 'max'],
        rows: seen.loops.map(({ when, loop }) => [when, loop.p50, loop.p99, loop.max]),
      },
    ],
    verdicts: [
      {
        what: 'event loop delay, p99 of the worst phase',
        target: `≤ ${LOOP_TARGET_MS} ms`,
        seen: `${numberText(worst)} ms`,
        isMet: worst <= LOOP_TARGET_MS,
      },
      {
        what: 'agent host resident, the largest',
        target: `≤ ${HOST_TARGET_MB} MB`,
        seen: `${numberText(seen.hosts.max)} MB`,
        isMet: seen.hosts.max <= HOST_TARGET_MB,
      },
    ],
    faults: seen.faults,
  };
}
