import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProfileInput } from '@quarterdeck/contract/profile';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTask, transcriptOf, waitForStatus } from '../program/board-view.ts';
import { processesOfRun, residentMb } from '../program/processes.ts';
import { runCli } from '../program/run-cli.ts';
import { detailOf, waitForEnd, waitForWork } from '../program/run-view.ts';
import { type Program, startProgram } from '../program/start-program.ts';
import { waitUntil } from '../program/wait-until.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures/agents');
const RAW = ['exits', 'flood-text', 'flood-errors', 'huge-line'];
const BAD = ['dies', 'orphan', 'stubborn', 'sleeps', 'mute', 'twice', 'clings', 'asks', 'hostile'];
const MIB = 1024 * 1024;

function profile(id: string, file: string, more: Partial<ProfileInput> = {}): ProfileInput {
  const args = [join(FIXTURES, file), id];
  return { id, name: `Fixture ${id}`, initials: 'F', command: process.execPath, args, ...more };
}

const PROFILES: readonly ProfileInput[] = [
  ...RAW.map((id) => profile(id, 'raw-agent.ts')),
  ...BAD.map((id) => profile(id, 'bad-agent.ts', id === 'sleeps' ? { maxRuntimeMs: 3000 } : {})),
  {
    ...profile('absent', 'none'),
    command: 'an-agent-nobody-has',
    detect: { install: 'Install it with its installer.' },
  },
];

describe.concurrent('a board whose agents misbehave', () => {
  let program: Program;
  beforeAll(async () => {
    const env = { QUARTERDECK_RUNNER_CAPACITY: '6' };
    program = await startProgram({ args: ['--no-demo'], profiles: PROFILES, env });
  });
  afterAll(() => program[Symbol.asyncDispose]());

  const give = (assignee: string, title = `For ${assignee}`) =>
    createTask(program.client, { title, assignee });
  async function move(taskId: string, patch: Record<string, unknown>): Promise<void> {
    const moved = await program.client.call('task.update', { params: { taskId }, body: patch });
    if (!moved.ok) throw new Error(moved.refusal.message);
  }
  const archive = (taskId: string) => move(taskId, { status: 'archived' });

  it('whose program is not there: the card says what to do, and no run is charged', async () => {
    const taskId = await give('absent');
    const { task, runs } = await waitUntil('a reason', async () => {
      const detail = await detailOf(program.client, taskId);
      return detail.task.waiting?.code === 'profile_not_installed' && detail;
    });
    expect(task.status).toBe('ready');
    expect(task.waiting?.remedy).toContain('Install it with its installer.');
    expect(runs).toEqual([]);
    expect(task.failureCount).toBe(0);
  });

  it('that leaves at once: three attempts, then a person is asked, with what it said', async () => {
    const taskId = await give('exits');
    const card = await waitForStatus(program.client, taskId, 'blocked', 90_000);
    expect(card).toMatchObject({ blockKind: 'failures', failureCount: 3 });
    expect(card.blockReason).toContain('no configuration found');
    const { runs } = await detailOf(program.client, taskId);
    expect(runs.map((run) => run.outcome)).toEqual(['start_failed', 'start_failed', 'start_failed']);
    const gaveUp = (await program.events()).filter((event) => event.kind === 'task.gave_up');
    expect(gaveUp.filter((event) => event.taskId === taskId)).toHaveLength(1);
  });

  it('that dies in the middle of a turn: what it wrote is kept, and its last words are shown', async () => {
    const taskId = await give('dies');
    const run = await waitForEnd(program.client, taskId);
    expect(run).toMatchObject({ outcome: 'crashed', error: expect.stringContaining('out of luck') });
    const items = await transcriptOf(program.client, taskId);
    expect(items).toContainEqual(
      expect.objectContaining({ kind: 'message', text: 'Half a sen', isComplete: true }),
    );
    await archive(taskId);
  });

  it('that leaves a process of another session behind: it is dead when the task is offered again', async () => {
    const taskId = await give('orphan');
    const card = await waitForStatus(program.client, taskId, 'done');
    expect(card.result).toBe('the orphan was dead');
  });

  it('that ignores every polite request: a stop still ends it, and the task is held', async () => {
    const { client } = program;
    const taskId = await give('stubborn');
    const { id: runId } = await waitForWork(client, taskId);
    expect(await processesOfRun(runId)).not.toEqual([]);
    const stopped = await client.call('run.stop', { params: { runId }, body: { reason: 'enough' } });
    expect(stopped.ok && stopped.value.run.status).toBe('stopping');
    expect(await waitForEnd(client, taskId)).toMatchObject({ outcome: 'stopped', error: 'enough' });
    expect(await processesOfRun(runId)).toEqual([]);
    expect((await detailOf(client, taskId)).task).toMatchObject({ status: 'todo', isHeld: true });
  });

  it('that takes too long: it is ended at the limit of its profile', async () => {
    const taskId = await give('sleeps');
    const run = await waitForEnd(program.client, taskId);
    expect(run).toMatchObject({ outcome: 'timed_out', error: expect.stringContaining('time limit of 3 s') });
    await archive(taskId);
  });

  it('that stops without a report: it is asked twice, then the run is over', async () => {
    const taskId = await give('mute');
    const run = await waitForEnd(program.client, taskId);
    expect(run.outcome).toBe('no_report');
    await archive(taskId);
    const { runs } = await detailOf(program.client, taskId);
    const transcript = await program.client.call('session.transcript', {
      params: { sessionId: runs[0]?.sessionId ?? '' },
    });
    const items = transcript.ok ? transcript.value.items.map((stored) => stored.item) : [];
    const authors = items.flatMap((item) => (item.kind === 'prompt' ? [item.author] : []));
    expect(authors).toEqual(['Quarterdeck', 'dispatcher', 'dispatcher']);
  });

  it('that reports twice: the first report counts, the contradiction is refused', async () => {
    const taskId = await give('twice');
    const card = await waitForStatus(program.client, taskId, 'done');
    expect(card).toMatchObject({ result: 'the first report', blockReason: null });
    const said = (await transcriptOf(program.client, taskId)).filter((item) => item.kind === 'message');
    expect(said.map((item) => item.text)).toEqual(['taken taken refused']);
  });

  it('that works on after a person has moved its task: its calls are refused and change nothing', async () => {
    const { client } = program;
    const taskId = await give('clings');
    const run = await waitUntil('its first call', async () => {
      const { runs, comments } = await detailOf(client, taskId);
      return comments.length > 0 && runs[0];
    });
    await move(taskId, { status: 'done', result: 'done by hand' });
    const workspace = run.workspacePath ?? '';
    await writeFile(join(workspace, 'go-on'), '');
    const { task, comments } = await detailOf(client, taskId);
    await waitForEnd(client, taskId);
    const statuses = (await readFile(join(workspace, 'calls.log'), 'utf8')).trim().split('\n');
    expect(statuses.slice(0, 2)).toEqual(['200', '409']);
    expect(new Set(statuses.slice(1))).toEqual(new Set(['409']));
    const after = await detailOf(client, taskId);
    expect(after.comments).toEqual(comments);
    expect(after.task).toMatchObject({ status: 'done', result: 'done by hand', updatedAt: task.updatedAt });
    expect(await processesOfRun(run.id)).toEqual([]);
  });

  it('that is stopped while it asks: the question is withdrawn', async () => {
    const { client } = program;
    const taskId = await give('asks');
    const proposal = await pendingOf(program, taskId);
    await client.call('run.stop', { params: { runId: proposal.runId }, body: {} });
    await waitForEnd(client, taskId);
    const after = await client.call('approval.list', { query: { task: taskId } });
    expect(after.ok && after.value.proposals.map((it) => it.status)).toEqual(['withdrawn']);
    const late = await client.call('approval.rule', {
      params: { proposalId: proposal.id },
      body: { decision: 'allow' },
    });
    expect(!late.ok && late.refusal.code).toBe('proposal_settled');
    expect((await detailOf(client, taskId)).task.pendingApprovals).toBe(0);
  });

  it('that sends script, escapes and broken bytes in every text: all of it stays text', async () => {
    const { client } = program;
    const taskId = await give('hostile');
    const proposal = await pendingOf(program, taskId);
    const denied = { decision: 'deny', reason: 'no' } as const;
    await client.call('approval.rule', { params: { proposalId: proposal.id }, body: denied });
    const card = await waitForStatus(client, taskId, 'done');
    const script = '<script>alert(1)</script>';
    expect(card.result).toContain(script);
    const items = await transcriptOf(client, taskId);
    const messages = items.flatMap((item) => (item.kind === 'message' ? [item.text] : []));
    expect(messages.join('')).toContain('cut \uFFFD');
    expect(messages.join('')).toContain(script);
    for (const kind of ['thought', 'plan', 'tool', 'permission']) {
      expect(JSON.stringify(items.filter((item) => item.kind === kind))).toContain(script);
    }
    expect((await detailOf(client, taskId)).comments[0]?.body).toContain(script);
    for (const args of [
      ['task', 'list'],
      ['task', 'show', taskId],
      ['task', 'watch', taskId],
      ['approval', 'list', '--status', 'denied'],
      ['events'],
    ]) {
      const shown = await runCli(program, args);
      expect(shown.code, args.join(' ')).toBe(0);
      expect(shown.stdout, args.join(' ')).toContain(script);
      expect(shown.stdout, args.join(' ')).not.toMatch(CONTROL);
    }
  });

  it.each(['flood-text', 'huge-line'])(
    'that pours out text (%s): stopped, and no process grows',
    async (id) => {
      const taskId = await give(id);
      const peak = await watchWhile(program, taskId, async () => {
        const { runs } = await detailOf(program.client, taskId);
        return runs[0]?.status === 'ended';
      });
      const run = await waitForEnd(program.client, taskId);
      expect(run.outcome).toBe('crashed');
      expect(run.error).toMatch(/^The agent sent .*, so it was stopped\./);
      await archive(taskId);
      expect(peak).toSatisfy(isBounded, JSON.stringify(peak));
    },
  );

  it('that floods its log with errors: the log is cut while it runs', async () => {
    const taskId = await give('flood-errors');
    const started = performance.now();
    const peak = await watchWhile(program, taskId, () => performance.now() - started > 8000);
    expect(peak.logMiB).toBeGreaterThan(2);
    expect(peak).toSatisfy(isBounded, JSON.stringify(peak));
    await archive(taskId);
    expect(await waitForEnd(program.client, taskId)).toMatchObject({ outcome: 'stopped' });
  });
});

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/;

function pendingOf({ client }: Program, taskId: string) {
  return waitUntil('a pending approval', async () => {
    const list = await client.call('approval.list', { query: { status: 'pending', task: taskId } });
    return list.ok ? list.value.proposals[0] : undefined;
  });
}

interface Peak {
  readonly serverMb: number;
  readonly runnerMb: number;
  readonly hostMb: number;
  readonly logMiB: number;
}

const isBounded = (peak: Peak) =>
  peak.serverMb < 400 && peak.runnerMb < 400 && peak.hostMb < 200 && peak.logMiB < 4.5;

/** The most memory and log seen until `isOver`. */
async function watchWhile(
  program: Program,
  taskId: string,
  isOver: () => boolean | Promise<boolean>,
): Promise<Peak> {
  let peak: Peak = { serverMb: 0, runnerMb: 0, hostMb: 0, logMiB: 0 };
  await waitUntil(
    'the flood to end',
    async () => {
      const { runs } = await detailOf(program.client, taskId);
      const folder = join(program.home, 'runner', 'runs', runs[0]?.id ?? 'none');
      peak = {
        serverMb: Math.max(peak.serverMb, await residentMb(await program.pidOf('server'))),
        runnerMb: Math.max(peak.runnerMb, await residentMb(await program.pidOf('runner'))),
        hostMb: Math.max(peak.hostMb, await residentMb(await hostPid(folder))),
        logMiB: Math.max(peak.logMiB, (await logBytes(folder)) / MIB),
      };
      return isOver();
    },
    { timeoutMs: 90_000, explain: () => JSON.stringify(peak) },
  );
  return peak;
}

async function hostPid(folder: string): Promise<number> {
  return readFile(join(folder, 'host.json'), 'utf8').then(
    (text) => JSON.parse(text).pid,
    () => 0,
  );
}

async function logBytes(folder: string): Promise<number> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.startsWith('agent.log'));
  const sizes = await Promise.all(
    names.map((name) =>
      stat(join(folder, name)).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
