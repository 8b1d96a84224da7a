import { expect, test } from 'vitest';
import { endedRun, fixtureRun, NOW } from '../../testing/fixture-objects.ts';
import { createFixtureTerminal } from '../../testing/fixture-terminal.ts';
import { lastBody, ready, serve, shellAt } from '../../testing/serve-tasks.ts';
import { startFixtureService } from '../../testing/start-fixture-service.ts';

test('creates a task from all of its options', async () => {
  await using service = await serve();
  const shell = shellAt(service, { input: 'read from a pipe\n' });
  const options = [
    '--body',
    '-',
    '--assignee',
    'opencode',
    '--project',
    'shop',
    '--parent',
    '77',
    '--parent',
    't_78',
    '--label',
    'api',
    '--label',
    'needs design',
  ];
  const exitCode = await shell.run(
    'task',
    'create',
    'Ship it',
    ...options,
    '--priority',
    '-3',
    '--budget',
    '2.50',
    '--model',
    'opus',
    '--effort',
    'high',
    '--at',
    '+2h',
    '--workspace',
    'dir',
    '--path',
    '/srv/shop',
  );
  expect(shell.written.err).toBe('');
  expect(exitCode).toBe(0);
  expect(lastBody(service, 'task.create')).toEqual({
    title: 'Ship it',
    body: 'read from a pipe\n',
    reviewer: null,
    assignee: 'opencode',
    projectId: 'p_shop0001',
    parents: ['t_77aa0001', 't_78bb0001'],
    priority: -3,
    labels: ['api', 'needs design'],
    triage: false,
    scheduledAt: NOW + 7_200_000,
    budgetMicros: 2_500_000,
    model: 'opus',
    effort: 'high',
    workspaceKind: 'dir',
    workspacePath: '/srv/shop',
  });
  expect(shell.written.out).toContain('t_77aa0001');
});

test('refuses two texts, a time that is none and a file that is not there', async () => {
  await using service = await serve();
  const shell = shellAt(service);
  expect(await shell.run('task', 'create', 'x', '--body', 'a', '--body-file', 'b')).toBe(2);
  expect(await shell.run('task', 'create', 'x', '--at', 'soon')).toBe(2);
  expect(await shell.run('task', 'create', 'x', '--body-file', '/nonexistent/notes.md')).toBe(2);
  for (const words of ['not both', '"soon" is no time', 'cannot read /nonexistent']) {
    expect(shell.written.err).toContain(words);
  }
  expect(service.asked.filter((each) => each.name === 'task.create')).toEqual([]);
});

test('shows why a task does not run', async () => {
  await using service = await serve([endedRun()]);
  const shell = shellAt(service);
  expect(await shell.run('task', 'show', 't_77aa0001')).toBe(0);
  expect(shell.written.out).toContain('Not running because\n- No runner is connected. Start one.');
  expect(shell.written.out).toContain('✓ completed');
});

test('finds a task by the beginning of its id, and asks for more when it fits several', async () => {
  await using service = await serve();
  const shell = shellAt(service);
  expect(await shell.run('task', 'show', '77')).toBe(0);
  expect(await shell.run('task', 'show', 't_7')).toBe(2);
  expect(shell.written.err).toContain('"t_7" fits 2 ids (t_77aa0001, t_78bb0001)');
  expect(await shell.run('task', 'show', 't_99')).toBe(3);
});

test('moves a task and keeps the reason where it belongs', async () => {
  await using service = await serve();
  const shell = shellAt(service);
  await shell.run('task', 'move', 't_77aa0001', 'blocked', '--reason', 'no key');
  expect(lastBody(service, 'task.update')).toEqual({ status: 'blocked', blockReason: 'no key' });
  await shell.run('task', 'move', 't_77aa0001', 'scheduled', '--at', '+1d');
  expect(lastBody(service, 'task.update')).toEqual({ status: 'scheduled', scheduledAt: NOW + 86_400_000 });
  expect(await shell.run('task', 'move', 't_77aa0001', 'todo', '--reason', 'later')).toBe(2);
});

test('A14: says which model works on a task, and takes it away', async () => {
  await using service = await serve();
  const shell = shellAt(service);
  await shell.run('task', 'model', 't_77aa0001', 'opus', '--effort', 'high');
  expect(lastBody(service, 'task.update')).toEqual({ model: 'opus', effort: 'high' });
  await shell.run('task', 'model', 't_77aa0001', 'none');
  expect(lastBody(service, 'task.update')).toEqual({ model: '' });
  expect(await shell.run('task', 'model', 't_77aa0001')).toBe(2);
});

test('comments with words or from a pipe', async () => {
  await using service = await serve();
  await shellAt(service).run('task', 'comment', 't_77aa0001', 'keep', 'the', 'column');
  expect(lastBody(service, 'task.comment')).toEqual({ body: 'keep the column' });
  await shellAt(service, { input: 'long text' }).run('task', 'comment', 't_77aa0001', '-');
  expect(lastBody(service, 'task.comment')).toEqual({ body: 'long text' });
});

test('stops and speaks to the live run, and says when there is none', async () => {
  await using service = await serve([
    endedRun(),
    fixtureRun({ id: 'r_run00002', attempt: 2, sessionId: 's_talk0002' }),
  ]);
  const shell = shellAt(service);
  expect(await shell.run('task', 'stop', 't_77aa0001', '--reason', 'wrong branch')).toBe(0);
  expect(await shell.run('task', 'say', 't_77aa0001', 'use', 'retries')).toBe(0);
  expect(service.asked.findLast((each) => each.name === 'run.stop')?.asked).toMatchObject({
    params: { runId: 'r_run00002' },
    body: { reason: 'wrong branch' },
  });
  expect(service.asked.at(-1)?.asked).toMatchObject({
    params: { sessionId: 's_talk0002' },
    body: { text: 'use retries' },
  });
  await using idle = await serve([endedRun()]);
  expect(await shellAt(idle).run('task', 'stop', 't_77aa0001')).toBe(5);
  await using fresh = await serve();
  expect(await shellAt(fresh).run('task', 'say', 't_77aa0001', 'hello')).toBe(2);
});

test('K22 says who was woken by a comment, and how', async () => {
  const woken = [
    { profile: 'claude', how: 'prompted' as const, taskId: ready.id },
    { profile: 'codex', how: 'follow_up' as const, taskId: 't_99ff0001' as typeof ready.id },
  ];
  const comment = { id: 1, taskId: ready.id, author: 'mia', body: 'x', createdAt: NOW };
  await using service = await startFixtureService({ 'task.comment': () => ({ ok: true, comment, woken }) });
  const shell = createFixtureTerminal({ env: { QUARTERDECK_URL: service.url } });
  expect(await shell.run('task', 'comment', ready.id, '@claude', 'and', '@codex?')).toBe(0);
  expect(shell.written.out).toBe(
    `Commented on ${ready.id}.\nclaude gets it now, in its session.\ncodex answers it in t_99ff0001, a task of its own.\n`,
  );
});
