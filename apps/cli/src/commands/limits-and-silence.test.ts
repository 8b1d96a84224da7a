import { expect, test } from 'vitest';
import { fixtureRun, fixtureTask, NOW } from '../testing/fixture-objects.ts';
import { createFixtureTerminal } from '../testing/fixture-terminal.ts';
import { startFixtureService } from '../testing/start-fixture-service.ts';

const MINUTE = 60_000;
const agent = (over: object) => ({
  profile: 'codex',
  name: 'Codex',
  initials: 'co',
  description: '',
  isInstalled: true,
  isSignedIn: true,
  version: '1.2.0',
  remedy: null,
  maxConcurrentRuns: 2,
  maxRuntimeMs: 1000,
  liveRuns: 0,
  runners: ['here'],
  isPaused: false,
  pauseReason: null,
  budget: null,
  limitedUntil: null,
  ...over,
});
const runner = {
  id: 'm_here0001',
  name: 'here',
  isConnected: true,
  lastSeenAt: NOW,
  capacity: 4,
  liveRuns: 1,
  agents: [],
};

async function open(agents: readonly object[], run = fixtureRun()) {
  const unset = { pauseReason: null, budget: null, model: null, effort: null };
  const settings = { profile: 'codex', isPaused: false, ...unset, limitLiftedAt: NOW };
  const service = await startFixtureService({
    'agent.list': () => ({ runners: [{ ...runner, memory: null }], agents }) as never,
    'agent.update': () => ({ settings }),
    'run.list': () => ({ runs: [run] }),
    'run.interrupt': () => ({ ok: true }) as never,
    'task.show': () => ({
      task: fixtureTask({ status: 'running', currentRunId: run.id }),
      comments: [],
      links: { parents: [], children: [] },
      runs: [run],
      waiting: [],
      attachments: [],
      diagnostics: [],
      seq: 7,
    }),
  });
  const shell = createFixtureTerminal({ env: { QUARTERDECK_URL: service.url } });
  return { service, shell, [Symbol.asyncDispose]: () => service[Symbol.asyncDispose]() };
}

test.each([
  [{ limitedUntil: NOW + 60 * MINUTE }, /! limit used up .* until .*\(quarterdeck agent resume codex\)/],
  [{ isPaused: true, pauseReason: 'by hand' }, /! paused .* by hand \(quarterdeck agent resume codex\)/],
  [
    { isPaused: true, pauseReason: 'by hand', limitedUntil: NOW + 60 * MINUTE },
    /! paused .* by hand; its usage limit is used up until .*resume codex\)/,
  ],
  [{ limitedUntil: undefined }, /✓ has a login/],
  [{}, /✓ has a login/],
  [{ isSignedIn: false, remedy: 'Sign in.', limitedUntil: NOW + MINUTE }, /! needs sign-in .* Sign in\./],
])('A11: lists an agent that is held back by %o, and how to go on', async (over, line) => {
  await using it = await open([agent(over)]);
  expect(await it.shell.run('agent', 'list')).toBe(0);
  expect(it.shell.written.out).toMatch(line);
});

test('A11: resumes an agent whose limit is used up', async () => {
  await using it = await open([agent({ limitedUntil: NOW + MINUTE })]);
  expect(await it.shell.run('agent', 'resume', 'codex')).toBe(0);
  expect(it.service.asked.at(-1)?.asked.body).toMatchObject({ isPaused: false });
  expect(it.shell.written.out).toContain('codex · takes work');
});

const turnSince = NOW - 90 * MINUTE;
test.each([
  [{ activeAt: NOW }, 'thinking'],
  [
    { activeAt: NOW - 2 * MINUTE, progress: { turnSince, tools: [] } },
    'nothing from the agent for 2 min; perhaps',
  ],
  [
    {
      activeAt: NOW - 3 * MINUTE,
      progress: { turnSince, tools: [{ itemId: 't', title: 'npm test', since: NOW - 4 * MINUTE }] },
    },
    'running npm test for 4 min',
  ],
  [{ activeAt: NOW - 3 * MINUTE, activity: 'Asks for permission: make' }, 'waits for your answer for 3 min'],
])('A9: tells of a silence in lists of runs and of a task (%o)', async (over, note) => {
  const run = fixtureRun({ activity: 'thinking', startedAt: NOW - 95 * MINUTE, ...over });
  await using it = await open([], run);
  expect(await it.shell.run('run', 'list')).toBe(0);
  expect(it.shell.written.out.replace(/\s+/g, ' ')).toContain(note);
  expect(await it.shell.run('task', 'show', 't_77aa0001')).toBe(0);
  expect(it.shell.written.out.split('Runs')[1]?.replace(/\s+/g, ' ')).toContain(note);
});

test('A9: ends the turn of an agent that hangs', async () => {
  await using it = await open([]);
  expect(await it.shell.run('task', 'interrupt', 't_77aa0001')).toBe(0);
  expect(it.service.asked.at(-1)?.asked.params).toEqual({ runId: 'r_run00001' });
  expect(it.shell.written.out).toContain('quarterdeck task say t_77aa0001');
});
