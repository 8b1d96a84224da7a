// The runner program with real agent hosts and a fixture agent, against a server that speaks the protocol.
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { listRunProcesses } from '@quarterdeck/agent/host/run-processes';
import { temporaryRepository } from '@quarterdeck/agent/workspace/temporary-repository';
import { LogTail, NOTHING_KEPT, WorkspaceDiff } from '@quarterdeck/contract/runner-protocol';
import { describe, expect, it } from 'vitest';
import { nextCommandId } from './testing/fake-server.ts';
import { openBench } from './testing/runner-bench.ts';
import { until } from './testing/until.ts';

const FINISH = { kind: 'finish', graceMs: 5_000 } as const;

describe('a run', () => {
  it('is started, told line by line, finished, reported and forgotten', async () => {
    await using bench = await openBench();
    const { server } = bench;
    bench.startRunner();
    const order = bench.order('steps=5');
    await bench.start(order);
    const starting = await server.untilFrame('starting');
    expect(starting).toMatchObject({ runId: order.runId, workspacePath: bench.project, branch: null });
    await until(
      'the end of the turn',
      () =>
        server.run(order.runId).lines.some(({ entry }) => entry.kind === 'turn' && entry.phase === 'ended') ||
        null,
    );
    await server.command(order.runId, FINISH);
    expect(await server.untilReport(order.runId)).toEqual({
      ...NOTHING_KEPT,
      // What a run did in place is remembered too, to show it.
      base: expect.any(String),
      commit: expect.any(String),
      diffStat: { files: 1, added: 5, removed: 0 },
      failure: null,
      workspacePath: bench.project,
      branch: null,
      diskBytes: null,
    });
    const { lines } = server.run(order.runId);
    expect(lines.at(-1)?.entry).toMatchObject({ kind: 'exited', code: 0 });
    expect(lines.filter(({ entry }) => entry.kind === 'item' && entry.item.kind === 'tool')).toHaveLength(5);
    expect(server.faults).toEqual([]);
    await until('the folder to go', () => (existsSync(bench.runDir(order)) ? null : true));
    expect(await readFile(join(bench.project, 'work.txt'), 'utf8')).toBe(
      'step 1\nstep 2\nstep 3\nstep 4\nstep 5\n',
    );
  });

  it('is started once however often it is ordered, and takes commands that come early in order', async () => {
    await using bench = await openBench();
    const { server } = bench;
    bench.startRunner();
    const order = bench.order('steps=1');
    const commandId = nextCommandId();
    const start = { kind: 'start', order } as const;
    const texts = ['steps=1 first', 'steps=1 second'];
    await Promise.all([
      server.command(order.runId, start, commandId),
      ...texts.map((text) => server.command(order.runId, { kind: 'prompt', text, author: 'Ada' })),
    ]);
    await server.command(order.runId, start, commandId);
    await server.command(order.runId, start);
    const prompts = () =>
      server
        .run(order.runId)
        .lines.flatMap(({ entry }) =>
          entry.kind === 'item' && entry.item.kind === 'prompt' ? [entry.item.text] : [],
        );
    await until('three prompts', () => (prompts().length === 3 ? true : null));
    expect(prompts()).toEqual(['steps=1', ...texts]);
    await server.command(order.runId, FINISH);
    await server.untilReport(order.runId);
    expect(server.run(order.runId).lines.filter(({ entry }) => entry.kind === 'started')).toHaveLength(1);
    await until('the folder to go', () => (existsSync(bench.runDir(order)) ? null : true));
    await server.command(order.runId, start, commandId);
    await server.command(order.runId, { kind: 'interrupt' });
    expect(existsSync(bench.runDir(order))).toBe(false);
  });

  it('waits until the agent of an earlier run of its task is dead and its work is kept', async () => {
    await using bench = await openBench();
    bench.startRunner();
    const earlier = bench.order('steps=1 hang');
    await bench.start(earlier);
    await bench.untilLines(earlier, 5);
    const order = bench.order('steps=1', { taskId: earlier.taskId });
    await bench.start(order);
    await bench.untilLines(order, 1);
    expect(await listRunProcesses(earlier.runId)).toEqual([]);
    expect(existsSync(bench.runDir(earlier))).toBe(false);
  });

  it('is stopped when the server says so', async () => {
    await using bench = await openBench();
    bench.startRunner();
    const order = bench.order('steps=1 hang');
    await bench.start(order);
    await bench.untilLines(order, 4);
    await bench.server.command(order.runId, { kind: 'stop', because: 'enough' });
    expect((await bench.server.untilReport(order.runId)).failure).toBeNull();
    expect(bench.server.run(order.runId).lines.at(-1)?.entry.kind).toBe('exited');
  });

  it('is stopped at its time limit', async () => {
    await using bench = await openBench();
    bench.startRunner();
    const order = bench.order('steps=1 hang', { maxRuntimeMs: 3_000 });
    await bench.start(order);
    const report = await bench.server.untilReport(order.runId);
    expect(report.failure).toMatchObject({ kind: 'timed_out', message: expect.stringContaining('3 s') });
    expect(bench.server.run(order.runId).lines.at(-1)?.entry.kind).toBe('exited');
  });

  it('fails with a reason when the agent is unknown or the workspace cannot be made', async () => {
    await using bench = await openBench();
    bench.startRunner();
    const unknown = bench.order('steps=1', { profile: 'nobody' });
    const nowhere = join(bench.home, 'nowhere');
    const homeless = bench.order('steps=1', {
      workspace: { kind: 'dir', path: nowhere, branch: null, startFrom: [], base: null, head: null },
    });
    await bench.start(unknown);
    await bench.start(homeless);
    expect((await bench.server.untilReport(unknown.runId)).failure).toMatchObject({
      kind: 'start_failed',
      message: expect.stringContaining('nobody.json'),
    });
    expect((await bench.server.untilReport(homeless.runId)).failure).toMatchObject({
      kind: 'workspace_failed',
      message: expect.stringContaining(nowhere),
    });
  });
});

describe('a run in a worktree', () => {
  it('keeps its work in a commit of its own branch and shows it as a diff', async () => {
    await using bench = await openBench();
    await using repository = await temporaryRepository();
    const { server } = bench;
    bench.startRunner();
    const project = { ...bench.order('').project, path: repository.path, kind: 'git' as const };
    const order = bench.order('steps=2', {
      project: { ...project, setupCommand: 'echo preparing' },
      workspace: { kind: 'worktree', path: null, branch: null, startFrom: [], base: null, head: null },
    });
    await bench.start(order);
    const { workspacePath, branch, base } = await server.untilFrame('starting');
    expect(branch).toBe(`qd/${order.taskId}`);
    await until('two steps', () => (bench.steps(order) === 2 ? true : null));
    await server.command(order.runId, FINISH);
    const report = await server.untilReport(order.runId);
    const commit = await repository.run(['rev-parse', `qd/${order.taskId}`]);
    expect(report).toEqual({
      ...NOTHING_KEPT,
      failure: null,
      workspacePath,
      branch,
      base,
      commit,
      diffStat: { files: 1, added: 2, removed: 0 },
      diskBytes: expect.any(Number),
    });
    const { path: projectPath, baseBranch } = project;
    const query = {
      kind: 'diff',
      runId: order.runId,
      workspacePath,
      branch,
      projectPath,
      baseBranch,
      base,
      head: commit,
      isLive: false,
      ...({ isOwn: false, taskId: null, projectId: null, workspaceKind: 'worktree' } as const),
    } as const;
    server.send({ type: 'query', queryId: 'q1', query });
    const reply = await server.untilFrame('reply');
    expect(reply.error).toBeUndefined();
    const diff = WorkspaceDiff.parse(reply.value);
    expect(diff).toMatchObject({
      head: commit,
      hasUncommitted: false,
      patch: expect.stringContaining('+step 2'),
    });
    server.send({
      type: 'query',
      queryId: 'q2',
      query: { kind: 'log', runId: order.runId, tailBytes: 100_000 },
    });
    const log = LogTail.parse((await server.untilFrame('reply', ({ queryId }) => queryId === 'q2')).value);
    expect(log.content.indexOf('preparing')).toBeLessThan(log.content.indexOf('step 1'));
    expect(log.content).toContain('preparing');
  });
});

describe('a runner', () => {
  it('answers for a log during the run and after it', async () => {
    await using bench = await openBench();
    const { server } = bench;
    bench.startRunner();
    const order = bench.order('steps=3');
    await bench.start(order);
    await bench.untilLines(order, 7);
    const ask = async (queryId: string) => {
      server.send({ type: 'query', queryId, query: { kind: 'log', runId: order.runId, tailBytes: 100_000 } });
      return LogTail.parse((await server.untilFrame('reply', (frame) => frame.queryId === queryId)).value);
    };
    expect((await ask('during')).content).toContain('step 3');
    await server.command(order.runId, FINISH);
    await server.untilReport(order.runId);
    await until('the folder to go', () => (existsSync(bench.runDir(order)) ? null : true));
    const after = await ask('after');
    expect(after).toMatchObject({
      exists: true,
      truncated: false,
      content: expect.stringContaining('step 3'),
    });
    expect(after.path).toBe(join(bench.runnerHome, 'logs', `${order.runId}.log`));
  });

  it('says that a workspace is gone', async () => {
    await using bench = await openBench();
    bench.startRunner();
    await bench.server.untilFrame('hello');
    const order = bench.order('');
    const gone = {
      workspacePath: join(bench.home, 'gone'),
      branch: null,
      projectPath: bench.project,
      baseBranch: null,
      base: null,
      head: null,
      isLive: false,
      isOwn: false,
      taskId: null,
      projectId: null,
      workspaceKind: 'worktree' as const,
    };
    bench.server.send({ type: 'query', queryId: 'q1', query: { kind: 'diff', runId: order.runId, ...gone } });
    expect((await bench.server.untilFrame('reply')).error?.code).toBe('workspace_gone');
  });

  it('names its agents in time, and a new profile on SIGHUP', async () => {
    await using bench = await openBench();
    const runner = bench.startRunner();
    const hello = await bench.server.untilFrame('hello');
    expect(hello.agents.map(({ profile }) => profile)).toContain('demo');
    await until('the fixture agent', () => {
      const told = bench.server.frames
        .filter((frame) => frame.type === 'hello' || frame.type === 'agents')
        .at(-1);
      return told?.agents.some(({ profile }) => profile === 'fixture') || null;
    });
    const added = { id: 'added', name: 'Added', initials: 'AD', command: process.execPath };
    await writeFile(join(bench.home, 'profiles', 'added.json'), JSON.stringify(added));
    runner.child.kill('SIGHUP');
    await bench.server.untilFrame('agents', ({ agents }) =>
      agents.some(({ profile }) => profile === 'added'),
    );
  });
});
