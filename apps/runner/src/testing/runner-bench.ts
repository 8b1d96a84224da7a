// A machine for one test: a home with the fixture agent's profile, a fake server, runner processes, and the order to leave
// no process behind.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readIdentity } from '@quarterdeck/agent/host/identity';
import { killRunProcesses, signal } from '@quarterdeck/agent/host/run-processes';
import type { RunOrder } from '@quarterdeck/contract/runner-protocol';
import { FAKE_TOKEN, type FakeServer, type FakeServerOptions, startFakeServer } from './fake-server.ts';
import { makeOrder } from './make-order.ts';
import { makeTemp } from './make-temp.ts';
import { until } from './until.ts';

export interface RunnerProcess {
  readonly child: ChildProcess;
  /** What it wrote on standard error so far. */
  readonly log: () => string;
  readonly end: (signal: NodeJS.Signals) => Promise<void>;
  readonly exited: Promise<unknown>;
}

export interface Bench {
  readonly home: string;
  readonly runnerHome: string;
  /** A plain folder to work in. */
  readonly project: string;
  readonly server: FakeServer;
  readonly startRunner: (env?: Readonly<Record<string, string>>) => RunnerProcess;
  readonly order: (prompt: string, changes?: Partial<RunOrder>) => RunOrder;
  /** The start command of an order; resolves when the runner has it. */
  readonly start: (order: RunOrder) => Promise<void>;
  readonly runDir: (order: RunOrder) => string;
  /** Steps of the agent's work the server was told of. */
  readonly steps: (order: RunOrder) => number;
  /** Resolves when the server has at least `count` lines of the run. */
  readonly untilLines: (order: RunOrder, count: number) => Promise<void>;
  readonly [Symbol.asyncDispose]: () => Promise<void>;
}

export async function openBench(options: FakeServerOptions = {}): Promise<Bench> {
  const temp = await makeTemp();
  const server = await startFakeServer(options);
  const runnerHome = join(temp.path, 'runner');
  const project = join(temp.path, 'project');
  await mkdir(join(temp.path, 'profiles'));
  await mkdir(project);
  await writeFile(join(temp.path, 'profiles', 'fixture.json'), JSON.stringify(FIXTURE_PROFILE));
  const runners: RunnerProcess[] = [];
  return {
    home: temp.path,
    runnerHome,
    project,
    server,
    startRunner: (env = {}) => {
      const runner = spawnRunner({
        QUARTERDECK_HOME: temp.path,
        QUARTERDECK_RUNNER_TOKEN: FAKE_TOKEN,
        QUARTERDECK_SERVER_URL: server.url,
        ...env,
      });
      runners.push(runner);
      return runner;
    },
    order: (prompt, changes) => makeOrder(project, { prompt, ...changes }),
    start: (order) => server.command(order.runId, { kind: 'start', order }),
    runDir: (order) => join(runnerHome, 'runs', order.runId),
    steps: (order) =>
      server.run(order.runId).lines.filter(({ entry }) => entry.kind === 'item' && entry.item.kind === 'tool')
        .length,
    untilLines: async (order, count) => {
      await until(`${count} lines`, () => (server.run(order.runId).lines.length >= count ? true : null));
    },
    [Symbol.asyncDispose]: async () => {
      for (const runner of runners) await runner.end('SIGKILL');
      await endRuns(join(runnerHome, 'runs'));
      await server[Symbol.asyncDispose]();
      await temp[Symbol.asyncDispose]();
    },
  };
}

const FIXTURE_PROFILE = {
  id: 'fixture',
  name: 'Fixture',
  initials: 'FX',
  command: process.execPath,
  args: [fileURLToPath(new URL('./fixture-agent.ts', import.meta.url))],
};

function spawnRunner(env: Readonly<Record<string, string>>): RunnerProcess {
  const main = fileURLToPath(new URL('../main.ts', import.meta.url));
  // Without the agents of this machine, whose detection takes a second.
  const PATH = `${dirname(process.execPath)}:/usr/bin:/bin`;
  const child = spawn(process.execPath, [main], {
    env: { ...process.env, PATH, ...env },
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  let log = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    log += chunk.toString();
  });
  const exited = once(child, 'exit');
  return {
    child,
    exited,
    log: () => log,
    end: async (name) => {
      child.kill(name);
      await exited;
    },
  };
}

async function endRuns(root: string): Promise<void> {
  if (!existsSync(root)) return;
  for (const runId of await readdir(root)) {
    const host = await readIdentity(join(root, runId));
    if (host !== null) signal(host.pid, 'SIGKILL');
    await killRunProcesses(runId, 5_000);
  }
}
