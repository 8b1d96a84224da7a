import { NO_USAGE } from '@quarterdeck/contract/usage';
import { expect, test } from 'vitest';
import { endedRun, fixtureProject, fixtureRun, fixtureTask, NOW } from '../../testing/fixture-objects.ts';
import { createFixtureTerminal, type TerminalFixture } from '../../testing/fixture-terminal.ts';
import { startFixtureService } from '../../testing/start-fixture-service.ts';

const ready = fixtureTask();
const blocked = fixtureTask({
  id: 't_78bb0001',
  title: 'Rotate keys',
  status: 'blocked',
  blockReason: 'needs a key',
  assignee: 'mia',
});
const board = {
  columns: [
    { name: 'ready', tasks: [ready] },
    { name: 'blocked', tasks: [blocked] },
  ],
  links: [],
  tenants: [],
  assignees: [],
  latestEventId: 7,
  now: NOW,
} as const;

function detailOf(task = ready, runs: readonly ReturnType<typeof fixtureRun>[] = []) {
  const waiting = [{ code: 'no_runner', message: 'No runner is connected.', remedy: 'Start one.' }] as const;
  return {
    task,
    comments: [],
    links: { parents: [], children: [] },
    runs: [...runs],
    waiting: [...waiting],
    attachments: [],
    diagnostics: [],
    seq: 7,
  };
}

function serve(runs: readonly ReturnType<typeof fixtureRun>[] = []) {
  return startFixtureService({
    'board.show': () => ({
      ...board,
      columns: board.columns.map((column) => ({ ...column, tasks: [...column.tasks] })),
      links: [],
      tenants: [],
      assignees: [],
      labels: [],
    }),
    'task.show': () => detailOf(ready, runs),
    'task.create': () => ({ task: ready }),
    'task.update': () => ({ task: ready }),
    'task.comment': () => ({
      ok: true,
      comment: { id: 1, taskId: ready.id, author: 'mia', body: 'x', createdAt: NOW },
      woken: [],
    }),
    'run.stop': () => ({ run: fixtureRun({ status: 'stopping' }) }),
    'session.prompt': () => ({ ok: true }),
    'project.list': () => ({ projects: [fixtureProject()] }),
  });
}

type Service = Awaited<ReturnType<typeof serve>>;

function shellAt(service: { readonly url: string }, fixture: TerminalFixture = {}) {
  return createFixtureTerminal({ ...fixture, env: { QUARTERDECK_URL: service.url, ...fixture.env } });
}

/** Body of the last request to a route. */
function lastBody(service: Service, name: string): unknown {
  return service.asked.findLast((each) => each.name === name)?.asked.body;
}

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

test('K18 lists only tasks with all labels asked for, and what the last run of a review left', async () => {
  const lastRun = {
    ...endedRun({ usage: { ...NO_USAGE, costMicros: 40_000, costSource: 'estimated' } }),
    tokens: null,
    costMicros: 40_000,
    costSource: 'estimated',
  };
  const labelled = fixtureTask({ status: 'review', labels: ['API', 'docs'], lastRun });
  await using service = await startFixtureService({
    'board.show': () => ({
      columns: [{ name: 'review', tasks: [labelled, fixtureTask({ labels: ['api'] })] }],
      links: [],
      tenants: [],
      assignees: [],
      labels: [],
      latestEventId: 7,
      now: NOW,
    }),
  });
  const shell = shellAt(service);
  expect(await shell.run('task', 'list', '--label', 'api', '--label', 'Docs')).toBe(0);
  expect(shell.written.out.trim().split('\n')).toHaveLength(2);
  expect(shell.written.out).toMatch(/#API #docs .*\+9 −4 in 2 files, ~\$0\.04/);
});

test('lists tasks aligned, filtered, and as JSON', async () => {
  await using service = await serve();
  const all = shellAt(service);
  expect(await all.run('task', 'list')).toBe(0);
  expect(all.written.out).toBe(
    [
      'ID          STATUS     TITLE               AGENT     PRIO    CHANGED  NOTE',
      't_77aa0001  ◎ ready    Fix the flaky test  opencode        5 min ago',
      't_78bb0001  ✕ blocked  Rotate keys         mia             5 min ago  needs a key',
      '',
    ].join('\n'),
  );
  const some = shellAt(service);
  await some.run('task', 'list', '--status', 'blocked', '--assignee', 'mia', '--json');
  expect(JSON.parse(some.written.out)).toEqual({ tasks: [blocked] });
  expect(await shellAt(service).run('task', 'list', '--status', 'lost')).toBe(2);
});

test('colours a terminal and fits its width, but not with NO_COLOR', async () => {
  await using service = await serve();
  const coloured = shellAt(service, { isTTY: true, columns: 60 });
  await coloured.run('task', 'list');
  expect(coloured.written.out).toContain('\u001b[38;5;75m◎ ready');
  const plain = shellAt(service, { isTTY: true, columns: 60, env: { NO_COLOR: '1' } });
  await plain.run('task', 'list');
  expect(plain.written.out).not.toContain('\u001b');
  expect(plain.written.out).toContain('Fix the fla…');
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

const patch = 'diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-old\n+new\n';
const diff = {
  base: 'main',
  head: 'abc',
  branch: 'qd/t_77aa',
  patch,
  isCut: false,
  stat: { files: 1, added: 1, removed: 1 },
  hasUncommitted: true,
};

test('prints a bare patch into a pipe and a coloured one with its size on a terminal', async () => {
  await using service = await startFixtureService({ 'task.diff': () => diff });
  const env = { QUARTERDECK_URL: service.url };
  const piped = createFixtureTerminal({ env });
  await piped.run('task', 'diff', 't_77aa0001');
  expect(piped.written).toEqual({ out: patch, err: '' });
  const seen = createFixtureTerminal({ env, isTTY: true });
  await seen.run('task', 'diff', 't_77aa0001');
  expect(seen.written.out).toContain('\u001b[38;5;78m+new');
  expect(seen.written.out).toContain('1 file changed');
  expect(seen.written.out).toContain('with uncommitted changes');
});

test('follows a log without repeating or losing bytes, until the run is over', async () => {
  const states = ['one\n', 'one\ntwö\n', 'one\ntwö\n', 'one\ntwö\nthree\n'];
  let asked = 0;
  await using service = await startFixtureService({
    'task.log': () => {
      const content = states[Math.min(asked, states.length - 1)] ?? '';
      asked += 1;
      return {
        taskId: 't_77aa0001',
        path: 'log',
        exists: true,
        sizeBytes: Buffer.byteLength(content),
        content,
        truncated: false,
      };
    },
    'task.show': () => detailOf(fixtureTask({ currentRunId: asked < 3 ? 'r_run00001' : null })),
  });
  const shell = createFixtureTerminal({ env: { QUARTERDECK_URL: service.url } });
  expect(await shell.run('task', 'log', 't_77aa0001', '--follow')).toBe(0);
  expect(shell.written.out).toBe('one\ntwö\nthree\n');
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
