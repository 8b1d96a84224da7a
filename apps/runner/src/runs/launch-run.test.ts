import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readIdentity } from '@quarterdeck/agent/host/identity';
import { killRunProcesses } from '@quarterdeck/agent/host/run-processes';
import { writeSpec } from '@quarterdeck/agent/host/spec';
import { Profile } from '@quarterdeck/contract/profile';
import type { FromRunner } from '@quarterdeck/contract/runner-protocol';
import { expect, it } from 'vitest';
import { programFiles } from '../program-files.ts';
import { nextCommandId } from '../testing/fake-server.ts';
import { makeOrder } from '../testing/make-order.ts';
import { makeTemp } from '../testing/make-temp.ts';
import { until } from '../testing/until.ts';
import { agentHomeOf } from './agent-homes.ts';
import type { RunDeps } from './live-run.ts';
import { type RunFolder, runFolder, storeOrder, storeWorkspace } from './run-folder.ts';
import { type SupervisedRun, superviseRun } from './supervise-run.ts';
import { uptimeMs } from './time-limit.ts';

const files = programFiles(new URL('../main.ts', import.meta.url).href);
const profile = Profile.parse({
  id: 'fixture',
  name: 'Fixture',
  initials: 'FX',
  command: process.execPath,
  args: [fileURLToPath(new URL('../testing/fixture-agent.ts', import.meta.url))],
});

/** What a runner leaves that was killed between starting a host and hearing from it. */
async function halfLaunch(deps: RunDeps, folder: RunFolder): Promise<ChildProcess> {
  const order = makeOrder(deps.home, { runId: folder.runId, prompt: 'steps=1 hang' });
  await storeOrder(folder, { order, leaseMs: 60_000 });
  await storeWorkspace(folder, { path: deps.home, branch: null, notes: [], preparedAtUptimeMs: uptimeMs() });
  const { path: runDir } = folder;
  const agentHome = agentHomeOf(deps.runnerHome, order);
  const { personHome, serverUrl } = deps;
  await writeSpec({
    order,
    profile,
    workspacePath: deps.home,
    runDir,
    agentHome,
    personHome,
    serverUrl,
    leaseMs: 60_000,
  });
  return spawn(process.execPath, [deps.files.hostEntry, runDir], { detached: true, stdio: 'ignore' });
}

interface Half {
  readonly folder: RunFolder;
  readonly sent: readonly FromRunner[];
  readonly host: ChildProcess;
  /** The next runner takes the run up. */
  readonly takeUp: () => Promise<SupervisedRun>;
  readonly [Symbol.asyncDispose]: () => Promise<void>;
}

async function openHalfLaunched(): Promise<Half> {
  const temp = await makeTemp();
  const sent: FromRunner[] = [];
  const deps: RunDeps = {
    home: temp.path,
    runnerHome: join(temp.path, 'runner'),
    personHome: temp.path,
    readToken: async () => null,
    serverUrl: 'http://127.0.0.1:9',
    files,
    link: { send: (frame) => sent.push(frame) > 0, isCongested: () => false },
    findProfile: async () => profile,
    log: () => undefined,
  };
  const order = makeOrder(temp.path);
  const folder = runFolder(deps.runnerHome, order.runId);
  const host = await halfLaunch(deps, folder);
  let run: SupervisedRun | null = null;
  return {
    folder,
    sent,
    host,
    takeUp: async () => {
      run = await superviseRun({ ...deps, untilAlone: async () => undefined }, folder, {
        order,
        leaseMs: 60_000,
      });
      run.welcome(0);
      return run;
    },
    [Symbol.asyncDispose]: async () => {
      await run?.leave();
      await killRunProcesses(order.runId, 5_000);
      await temp[Symbol.asyncDispose]();
    },
  };
}

it('takes up a host that was still starting when its runner was killed, instead of launching a second', async () => {
  await using half = await openHalfLaunched();
  const left = once(half.host, 'exit');
  expect(existsSync(join(half.folder.path, 'host.json'))).toBe(false);
  const run = await half.takeUp();
  await until('its lines', () => half.sent.find(({ type }) => type === 'lines') ?? null);
  expect((await readIdentity(half.folder.path))?.pid).toBe(half.host.pid);
  run.take(nextCommandId(), { kind: 'stop', because: 'enough' });
  await left;
});

it('ends an agent that outlived a host which was killed before it said who it is', async () => {
  await using half = await openHalfLaunched();
  half.host.kill('SIGKILL');
  await once(half.host, 'exit');
  await killRunProcesses(half.folder.runId, 5_000);
  await rm(join(half.folder.path, 'host.json'), { force: true });
  const env = { PATH: process.env['PATH'] ?? '', QUARTERDECK_RUN: half.folder.runId };
  const orphan = spawn('sleep', ['600'], { env, detached: true, stdio: 'ignore' });
  const died = once(orphan, 'exit');
  await half.takeUp();
  expect(await died).toEqual([null, 'SIGKILL']);
  await until('lines of a new host', () => half.sent.find(({ type }) => type === 'lines') ?? null);
});
