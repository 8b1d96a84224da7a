import { refuse } from '@quarterdeck/contract/refuse';
import { expect, test } from 'vitest';
import { fixtureTask, NOW } from '../../testing/fixture-objects.ts';
import { createFixtureTerminal } from '../../testing/fixture-terminal.ts';
import { startFixtureService } from '../../testing/start-fixture-service.ts';

const landing = {
  status: 'landed',
  strategy: 'squash',
  into: 'main',
  commit: '0123456789abcdef',
  files: [],
  message: 'The work is in main.',
  runId: 'r_run00001',
  at: NOW,
  by: 'mia',
} as const;
const done = fixtureTask({ status: 'done', landing });

function serve() {
  return startFixtureService({
    'task.approve': () => ({ task: done }),
    'task.land': () => ({ task: done }),
    'task.requestChanges': () => ({ task: fixtureTask() }),
    'task.requestReview': () => ({ task: fixtureTask({ status: 'review', reviewer: 'claude' }) }),
  });
}

async function runOn(service: Awaited<ReturnType<typeof serve>>, ...words: string[]) {
  const shell = createFixtureTerminal({ env: { QUARTERDECK_URL: service.url } });
  const code = await shell.run('task', ...words);
  return { code, ...shell.written, body: service.asked.at(-1)?.asked.body };
}

test.each([
  [[], null],
  [['--merge'], 'merge'],
  [['--squash'], 'squash'],
  [['--ff'], 'fast-forward'],
] as const)('approves with %o', async (flags, land) => {
  await using service = await serve();
  const { code, out, body } = await runOn(service, 'approve', 't_77aa0001', ...flags);
  expect(code).toBe(0);
  expect(body).toMatchObject({ land });
  expect(out).toContain('The work is in main. (0123456789)');
});

test('refuses two ways to land at once', async () => {
  await using service = await serve();
  const { code, err } = await runOn(service, 'approve', 't_77aa0001', '--merge', '--ff');
  expect(code).toBe(2);
  expect(err).toContain('choose one of --merge, --ff');
});

test('lands with a merge commit unless told otherwise', async () => {
  await using service = await serve();
  expect((await runOn(service, 'land', 't_77aa0001')).body).toMatchObject({ strategy: 'merge' });
  const chosen = await runOn(service, 'land', 't_77aa0001', '--strategy', 'squash', '--message', 'Mend it');
  expect(chosen.body).toMatchObject({ strategy: 'squash', message: 'Mend it' });
});

test('sends work back with a summary and remarks on lines', async () => {
  await using service = await serve();
  const remarks = ['--at', 'src/a b.ts:12 Name it: well', '--at', 'c.ts:3: Why?'];
  const { code, body } = await runOn(service, 'changes', 't_77aa0001', '--say', 'Nearly.', ...remarks);
  expect(code).toBe(0);
  expect(body).toMatchObject({
    summary: 'Nearly.',
    comments: [
      { path: 'src/a b.ts', line: 12, side: 'new', body: 'Name it: well' },
      { path: 'c.ts', line: 3, body: 'Why?' },
    ],
  });
  const wrong = await runOn(service, 'changes', 't_77aa0001', '--at', 'c.ts Why?');
  expect(wrong.code).toBe(2);
  expect(wrong.err).toContain('names no line');
});

test('a conflict is an error with its own exit code and names the files', async () => {
  const conflict = () => refuse('landing_conflict', { taskId: 't_77aa0001', into: 'main', files: 'a.ts' });
  await using service = await startFixtureService({ 'task.approve': conflict });
  const { code, err } = await runOn(service, 'approve', 't_77aa0001', '--merge');
  expect(code).toBe(5);
  expect(err).toContain('conflicts with main in a.ts');
});

test.each([
  [[], { reviewer: null, summary: null }],
  [['--by', 'claude', '--summary', 'By hand.'], { reviewer: 'claude', summary: 'By hand.' }],
  [['--by', ''], { reviewer: '', summary: null }],
])('K22 asks for a review with %o', async (flags, wanted) => {
  await using service = await serve();
  const { code, out, body } = await runOn(service, 'review', 't_77aa0001', ...flags);
  expect(code).toBe(0);
  expect(body).toEqual(wanted);
  expect(out).toContain('● review');
});

const BASE = 'b'.repeat(40);
const HEAD = 'a'.repeat(40);

test.each([['approve', '--merge'], ['land']])('S2: %s takes along what was shown', async (...words) => {
  await using service = await serve();
  const [verb = '', ...flags] = words;
  const seen = await runOn(service, verb, 't_77aa0001', ...flags, '--seen', `${BASE}..${HEAD}`);
  expect(seen.body).toMatchObject({ base: BASE, head: HEAD });
  expect((await runOn(service, verb, 't_77aa0001', ...flags)).body).toMatchObject({ base: null, head: null });
});

test.each(['abc..def', HEAD, `${BASE}...${HEAD}`, `${BASE}..${HEAD}..`, `${BASE.toUpperCase()}..${HEAD}`])(
  'S2: land refuses to guess what %s was meant to be',
  async (seen) => {
    await using service = await serve();
    const { code, err } = await runOn(service, 'land', 't_77aa0001', '--seen', seen);
    expect(code).toBe(2);
    expect(err).toContain('two whole commit ids');
    expect(service.asked).toEqual([]);
  },
);
