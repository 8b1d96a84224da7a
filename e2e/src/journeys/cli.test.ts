import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EventFrame } from '@quarterdeck/contract/event';
import { Fleet } from '@quarterdeck/contract/fleet';
import { Proposal } from '@quarterdeck/contract/proposal';
import { ROUTES } from '@quarterdeck/contract/routes';
import { WorkspaceDiff } from '@quarterdeck/contract/runner-protocol';
import { TaskCard, TaskDetail } from '@quarterdeck/contract/task';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cardsOf, waitForApproval, waitForStatus } from '../program/board-view.ts';
import { git, makeRepository } from '../program/make-repository.ts';
import { runCli } from '../program/run-cli.ts';
import { type Program, startProgram } from '../program/start-program.ts';

/** The tour of the demo in a terminal. Each step goes on where the one before stopped. */
describe('the command line on the demo', () => {
  let program: Program;
  let first: TaskCard;
  beforeAll(async () => {
    program = await startProgram({ env: { QUARTERDECK_DEMO_SPEED: '0.2' } });
    const cards = await cardsOf(program.client);
    first = cards.filter((card) => card.linkCounts.parents === 0)[0] as TaskCard;
  });
  afterAll(() => program[Symbol.asyncDispose]());

  const cli = (...args: string[]) => runCli(program, args);
  async function json(...args: string[]): Promise<unknown> {
    const { code, stdout, stderr } = await cli(...args, '--json');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    return JSON.parse(stdout);
  }

  it('up says where it is, once', () => {
    const ready = program
      .output()
      .match(/Quarterdeck is ready: http:\/\/127\.0\.0\.1:\d+\/sign-in\?ticket=\S+/g);
    expect(ready).toHaveLength(1);
  });

  it('task list shows the board', async () => {
    const { tasks } = (await json('task', 'list')) as { tasks: unknown[] };
    const cards = TaskCard.array().parse(tasks);
    expect(cards).toHaveLength(6);
    const { stdout } = await cli('task', 'list');
    for (const card of cards) expect(stdout).toContain(card.id);
    const blocked = (await json('task', 'list', '--status', 'blocked')) as { tasks: unknown[] };
    expect(blocked.tasks).toEqual([]);
  });

  it('task watch follows an agent until it is done', async () => {
    const { code, stdout } = await cli('task', 'watch', first.id);
    expect(code).toBe(0);
    expect(stdout).toContain('no model is involved');
    const again = await cli('task', 'watch', first.id, '--json');
    const frames = again.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(frames.at(-1)).toMatchObject({ type: 'end', run: { outcome: 'completed' } });
  });

  it('task show, log and diff tell what became of it, also by the beginning of its id', async () => {
    await waitForStatus(program.client, first.id, 'done');
    const short = first.id.slice(0, 8);
    const detail = TaskDetail.parse(await json('task', 'show', short));
    expect(detail.runs.map((run) => run.outcome)).toEqual(['completed']);
    expect((await cli('task', 'show', short)).stdout).toContain(first.title);
    expect((await cli('task', 'log', short)).stdout).toContain('turn ended');
    ROUTES['task.log'].reply.parse(await json('task', 'log', short));
    const diff = WorkspaceDiff.parse(await json('task', 'diff', short));
    expect(diff.stat.files).toBeGreaterThan(0);
    const patch = join(program.home, 'first.patch');
    await writeFile(patch, (await cli('task', 'diff', short)).stdout);
    const repository = join(program.home, 'demo', 'harbour-log');
    await git(repository, 'apply', '--check', patch);
  });

  it('approval list and allow let the agent go on', async () => {
    await waitForApproval(program.client);
    const { proposals } = (await json('approval', 'list')) as { proposals: unknown[] };
    const [proposal] = Proposal.array().parse(proposals);
    expect((await cli('approval', 'list')).stdout).toContain('node scripts/migrate.js --apply');
    const allowed = (await json('approval', 'allow', proposal?.id ?? '')) as { proposal: unknown };
    expect(Proposal.parse(allowed.proposal)).toMatchObject({ status: 'allowed', ruledBy: 'owner' });
    await waitForStatus(program.client, proposal?.taskId ?? '', 'done');
    const denied = await cli('approval', 'deny', proposal?.id ?? '', '--reason', 'too late');
    expect(denied.code).toBe(5);
  });

  it('project add and task create put the demo agent to work on a repository of ours', async () => {
    const path = await makeRepository(join(program.home, 'ours'), { 'README.md': '# Ours\n' });
    expect((await cli('project', 'add', path, '--name', 'Ours')).code).toBe(0);
    expect((await cli('project', 'add', path)).code).toBe(5);
    const made = await json('task', 'create', 'Write a note', '--project', 'Ours', '--assignee', 'demo');
    const { task } = made as { task: TaskCard };
    expect((await cli('task', 'watch', task.id)).code).toBe(0);
    await waitForStatus(program.client, task.id, 'done');
    expect(WorkspaceDiff.parse(await json('task', 'diff', task.id)).branch).toBe(`qd/${task.id}`);
  });

  it('events --follow prints what is stored and then what happens, until Ctrl-C', async () => {
    const following = runCli(program, ['events', '--follow', '--json'], {
      interruptWhen: (stdout) => stdout.includes('"Said while we look on"'),
    });
    const spoken = await cli('task', 'comment', first.id, 'Said while we look on');
    expect(spoken.code).toBe(0);
    const { code, stdout } = await following;
    expect(code).toBe(0);
    const events = stdout
      .trim()
      .split('\n')
      .map((line) => EventFrame.parse(JSON.parse(line)));
    expect(events.map((event) => event.seq)).toEqual(events.map((_, index) => (events[0]?.seq ?? 0) + index));
  });

  it('agent list, run list, project list and stats have the shapes of the contract', async () => {
    Fleet.parse(await json('agent', 'list'));
    ROUTES['run.list'].reply.parse(await json('run', 'list'));
    ROUTES['project.list'].reply.parse(await json('project', 'list'));
    ROUTES['board.stats'].reply.parse(await json('stats'));
  });

  it.each([
    ['an unknown id', ['task', 'show', 't_ffffffff'], {}, 3, 'task_not_found'],
    ['an unknown status', ['task', 'list', '--status', 'asleep'], {}, 2, 'unknown_status'],
    ['an empty title', ['task', 'create', ' '], {}, 2, 'title_empty'],
    ['a wrong token', ['task', 'list'], { QUARTERDECK_TOKEN: 'not-the-right-one' }, 4, 'sign_in_required'],
    ['no server', ['task', 'list'], { QUARTERDECK_URL: 'http://127.0.0.1:9' }, 6, 'server_unreachable'],
  ])('%s has its exit code, its reason as JSON, and no stack', async (_, args, env, code, refusal) => {
    const asJson = await runCli(program, [...args, '--json'], { env });
    expect(asJson).toMatchObject({ code, stdout: '' });
    expect(JSON.parse(asJson.stderr).error.code).toBe(refusal);
    const plain = await runCli(program, args, { env });
    expect(plain.code).toBe(code);
    expect(plain.stderr).toMatch(/^✕ /);
    expect(plain.stderr).not.toMatch(/\n\s+at /);
  });

  it.each([
    [['no-such-noun']],
    [['task', 'no-such-verb']],
    [['task', 'list', '--no-such-flag']],
    [['task', 'show']],
  ])('a line it cannot read ends with 2: %j', async (args) => {
    const { code, stderr } = await cli(...args);
    expect(code).toBe(2);
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});
