// What a run and its server see when the server, the runner or the agent host goes away in the middle.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isHostAlive } from '@quarterdeck/agent/host/connection';
import { readIdentity } from '@quarterdeck/agent/host/identity';
import { listRunProcesses } from '@quarterdeck/agent/host/run-processes';
import { temporaryRepository } from '@quarterdeck/agent/workspace/temporary-repository';
import type { RunOrder } from '@quarterdeck/contract/runner-protocol';
import { describe, expect, it } from 'vitest';
import { findProcesses } from './runs/find-processes.ts';
import { type Bench, openBench } from './testing/runner-bench.ts';
import { until } from './testing/until.ts';

const SLOW_SETUP = 'sleep 600';
const FINISH = { kind: 'finish', graceMs: 5_000 } as const;

async function untilSteps(bench: Bench, order: RunOrder, count: number): Promise<void> {
  await until(`${count} steps`, () => (bench.steps(order) >= count ? true : null));
}

/** Lets the run end and checks that its story arrived whole: every step once, no gap, no line twice. */
async function endAndCheck(bench: Bench, order: RunOrder, count: number): Promise<void> {
  await untilSteps(bench, order, count);
  await bench.server.command(order.runId, FINISH);
  expect((await bench.server.untilReport(order.runId)).failure).toBeNull();
  expect(bench.steps(order)).toBe(count);
  expect(bench.server.faults).toEqual([]);
  expect(bench.server.run(order.runId).lines.at(-1)?.entry.kind).toBe('exited');
  const work = await readFile(join(bench.project, 'work.txt'), 'utf8');
  expect(work.trim().split('\n')).toHaveLength(count);
}

describe('a server that goes away', () => {
  it('gets every line once when the connection is cut again and again', async () => {
    await using bench = await openBench();
    bench.startRunner();
    const order = bench.order('steps=60 pause=25');
    await bench.start(order);
    for (const count of [5, 15, 25, 35]) {
      await untilSteps(bench, order, count);
      bench.server.cut();
    }
    await endAndCheck(bench, order, 60);
    expect(bench.server.connections()).toBeGreaterThanOrEqual(5);
  });

  it('gets what happened while it was away', async () => {
    await using bench = await openBench();
    bench.startRunner();
    const order = bench.order('steps=30 pause=20');
    await bench.start(order);
    await untilSteps(bench, order, 3);
    const comeBack = await bench.server.goAway();
    await until('work without a server', async () => {
      const work = await readFile(join(bench.project, 'work.txt'), 'utf8');
      return work.includes('step 30\n') || null;
    });
    await comeBack();
    await endAndCheck(bench, order, 30);
  });

  it('is told the end again until it says that the run may be forgotten', async () => {
    await using bench = await openBench({ forgets: false });
    bench.startRunner();
    const order = bench.order('steps=1');
    await bench.start(order);
    await bench.server.command(order.runId, FINISH);
    await bench.server.untilReport(order.runId);
    bench.server.cut();
    const reports = () => bench.server.frames.filter(({ type }) => type === 'report');
    await until('the report again', () => (reports().length === 2 ? true : null));
    expect(bench.server.frames.findLast(({ type }) => type === 'hello')).toMatchObject({
      runs: [order.runId],
    });
    bench.server.send({ type: 'forget', runId: order.runId });
    await until('the folder to go', () => (existsSync(bench.runDir(order)) ? null : true));
  });

  it('that counts a run as over no longer renews the lease of its agent', async () => {
    await using bench = await openBench({ leaseMs: 3_000 });
    bench.startRunner();
    const order = bench.order('steps=1 hang');
    await bench.start(order);
    await untilSteps(bench, order, 1);
    bench.server.disown(order.runId);
    bench.server.cut();
    await bench.server.untilReport(order.runId);
    expect(await listRunProcesses(order.runId)).toEqual([]);
  });

  it('ends a living run by forgetting it', async () => {
    await using bench = await openBench();
    bench.startRunner();
    const order = bench.order('steps=1 hang');
    await bench.start(order);
    await untilSteps(bench, order, 1);
    bench.server.send({ type: 'forget', runId: order.runId });
    await until('the folder to go', () => (existsSync(bench.runDir(order)) ? null : true));
    expect(await listRunProcesses(order.runId)).toEqual([]);
  });
});

describe('a runner that goes away', () => {
  it('is followed by one that takes its runs up, after SIGKILL in mid-run', async () => {
    await using bench = await openBench();
    const order = bench.order('steps=60 pause=50');
    const first = bench.startRunner();
    await bench.start(order);
    await untilSteps(bench, order, 5);
    await first.end('SIGKILL');
    const host = await readIdentity(bench.runDir(order));
    bench.startRunner();
    await untilSteps(bench, order, 30);
    expect(await readIdentity(bench.runDir(order))).toEqual(host);
    await endAndCheck(bench, order, 60);
  });

  it('is followed by one that reports a run which ended meanwhile', async () => {
    await using bench = await openBench({ leaseMs: 3_000 });
    const order = bench.order('steps=10 pause=50 hang');
    const first = bench.startRunner();
    await bench.start(order);
    await untilSteps(bench, order, 2);
    await first.end('SIGKILL');
    await until('the agent to end with its lease', async () =>
      (await isHostAlive(bench.runDir(order))) ? null : true,
    );
    bench.startRunner();
    expect((await bench.server.untilReport(order.runId)).failure).toBeNull();
    expect(bench.steps(order)).toBe(10);
    expect(bench.server.faults).toEqual([]);
  });

  it.each([
    ['its parent closes its input', (runner: ReturnType<Bench['startRunner']>) => runner.child.stdin?.end()],
    ['it is told to by SIGTERM', (runner: ReturnType<Bench['startRunner']>) => runner.child.kill('SIGTERM')],
  ])('leaves its agents working when %s', async (_, leave) => {
    await using bench = await openBench();
    const order = bench.order('steps=40 pause=50');
    const first = bench.startRunner({ QUARTERDECK_SUPERVISED: '1' });
    await bench.start(order);
    await untilSteps(bench, order, 2);
    leave(first);
    await first.exited;
    expect(first.child.exitCode).toBe(0);
    expect(await isHostAlive(bench.runDir(order))).toBe(true);
    bench.startRunner();
    await endAndCheck(bench, order, 40);
  });

  it('while it prepares a workspace, is followed by one that asks before it goes on', async () => {
    await using bench = await openBench();
    await using repository = await temporaryRepository();
    const project = {
      ...bench.order('').project,
      path: repository.path,
      kind: 'git' as const,
      setupCommand: SLOW_SETUP,
    };
    const workspace = {
      kind: 'worktree' as const,
      path: null,
      branch: null,
      startFrom: [],
      base: null,
      head: null,
    };
    const wanted = bench.order('steps=1', { project, workspace });
    const givenUp = bench.order('steps=1', { project, workspace });
    const first = bench.startRunner();
    const setups = (order: RunOrder) => findProcesses(`QUARTERDECK_TASK=${order.taskId}`);
    for (const order of [wanted, givenUp]) {
      await bench.start(order);
      await until('the setup command', async () => ((await setups(order)).length > 0 ? true : null));
    }
    const left = await setups(wanted);
    await first.end('SIGKILL');
    bench.server.disown(givenUp.runId);
    bench.startRunner();
    const { failure } = await bench.server.untilReport(givenUp.runId);
    expect(failure).toMatchObject({
      kind: 'start_failed',
      message: expect.stringContaining('given the run up'),
    });
    await until('a setup command of the second runner', async () => {
      const now = await setups(wanted);
      return (now.length > 0 && now.every((pid) => !left.includes(pid))) || null;
    });
    await bench.server.command(wanted.runId, { kind: 'stop', because: 'enough' });
    expect((await bench.server.untilReport(wanted.runId)).failure).toMatchObject({
      kind: 'start_failed',
      message: expect.stringContaining('enough'),
    });
    expect(await setups(wanted)).toEqual([]);
    expect(await setups(givenUp)).toEqual([]);
  });
});

describe('an agent host that is killed', () => {
  it('is reported, after its agent was ended and its lines were told', async () => {
    await using bench = await openBench();
    bench.startRunner();
    const order = bench.order('steps=3 hang');
    await bench.start(order);
    await untilSteps(bench, order, 3);
    const host = await readIdentity(bench.runDir(order));
    process.kill(host?.pid ?? 0, 'SIGKILL');
    expect((await bench.server.untilReport(order.runId)).failure?.kind).toBe('host_died');
    expect(await listRunProcesses(order.runId)).toEqual([]);
    expect(bench.steps(order)).toBe(3);
    expect(bench.server.faults).toEqual([]);
  });

  it('while no runner is there, is reported by the next one', async () => {
    await using bench = await openBench();
    const first = bench.startRunner();
    const order = bench.order('steps=3 hang');
    await bench.start(order);
    await untilSteps(bench, order, 3);
    await first.end('SIGKILL');
    process.kill((await readIdentity(bench.runDir(order)))?.pid ?? 0, 'SIGKILL');
    bench.startRunner();
    expect((await bench.server.untilReport(order.runId)).failure?.kind).toBe('host_died');
    expect(await listRunProcesses(order.runId)).toEqual([]);
  });
});
