import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { fixtureProject, fixtureProposal, fixtureRun, NOW } from '../testing/fixture-objects.ts';
import { createFixtureTerminal } from '../testing/fixture-terminal.ts';
import { type FixtureReader, startFixtureService } from '../testing/start-fixture-service.ts';

const agent = {
  profile: 'opencode',
  name: 'opencode',
  initials: 'oc',
  description: '',
  isInstalled: true,
  isSignedIn: false,
  version: '1.2.0',
  remedy: 'Run opencode auth login.',
  maxConcurrentRuns: 2,
  maxRuntimeMs: 1000,
};
const ruled = fixtureProposal({ status: 'allowed', ruledAt: NOW, ruledBy: 'mia', scope: 'task' });

function eventOf(seq: number) {
  return {
    seq,
    at: NOW,
    kind: 'runner.connected',
    actor: 'runner:here',
    taskId: null,
    projectId: null,
    runId: null,
    payload: { runnerId: 'm_here0001', name: `here-${seq}` },
  } as const;
}

function serve(onReader?: (reader: FixtureReader) => void) {
  const project = fixtureProject();
  const runner = {
    id: 'm_here0001',
    name: 'here',
    isConnected: true,
    lastSeenAt: NOW,
    capacity: 4,
    liveRuns: 1,
    agents: [agent],
  };
  return startFixtureService(
    {
      'project.list': () => ({ projects: [project] }),
      'project.add': () => ({ project, notes: ['It is a bare repository.'] }),
      'project.update': () => ({ project }),
      'approval.list': () => ({ proposals: [fixtureProposal()] }),
      'approval.rule': () => ({ proposal: ruled }),
      'agent.list': () =>
        ({ runners: [runner], agents: [{ ...agent, liveRuns: 1, runners: ['here'] }] }) as never,
      'run.list': () => ({ runs: [fixtureRun()] }),
      'board.stats': () => ({
        byStatus: { ready: 2, running: 1 },
        byAssignee: { opencode: { ready: 2 }, mia: { running: 1 } },
        oldestReadyAgeSeconds: 90,
        now: NOW,
      }),
      'board.show': () => ({
        columns: [],
        links: [],
        tenants: [],
        assignees: [],
        labels: [],
        latestEventId: 52,
        now: NOW,
      }),
      'event.list': ({ query }) => ({ events: Number(query['since']) < 3 ? [eventOf(3)] : [], cursor: 3 }),
      'identity.ticket': () => ({ ticket: 'one/time', expiresAt: NOW + 600_000 }),
    },
    onReader,
  );
}

function shellAt({ url }: { readonly url: string }) {
  return createFixtureTerminal({ env: { QUARTERDECK_URL: url } });
}

test('adds a project by a relative path, and changes or takes away its settings', async () => {
  await using service = await serve();
  const shell = shellAt(service);
  expect(await shell.run('project', 'add', '.', '--setup', 'npm ci', '--max-runs', '2')).toBe(0);
  expect(service.asked.at(-1)?.asked.body).toEqual({
    path: resolve('.'),
    setupCommand: 'npm ci',
    maxConcurrentRuns: 2,
  });
  expect(await shell.run('project', 'set', 'shop', '--max-runs', 'none', '--profile', 'opencode')).toBe(0);
  expect(service.asked.at(-1)?.asked).toMatchObject({
    params: { projectId: 'p_shop0001' },
    body: { maxConcurrentRuns: null, defaultProfile: 'opencode' },
  });
  expect(await shell.run('project', 'set', 'shop')).toBe(2);
  expect(await shell.run('project', 'set', 'shop', '--max-runs', 'few')).toBe(2);
  expect(await shell.run('project', 'set', 'other', '--name', 'x')).toBe(3);
});

test('shows what is asked with the commands that answer it', async () => {
  await using service = await serve();
  const shell = shellAt(service);
  expect(await shell.run('approval', 'list')).toBe(0);
  expect(service.asked[0]?.asked.query).toEqual({ status: 'pending' });
  expect(shell.written.out).toContain('$ npm run migrate');
  expect(shell.written.out).toContain(
    'quarterdeck approval allow a_ask00001 (--for task or project: every npm run command)',
  );
});

test('rules on an approval by the beginning of its id; a denial needs a reason', async () => {
  await using service = await serve();
  const shell = shellAt(service);
  expect(await shell.run('approval', 'allow', 'a_ask', '--for', 'task')).toBe(0);
  expect(service.asked.at(-1)?.asked).toMatchObject({
    params: { proposalId: 'a_ask00001' },
    body: { decision: 'allow', scope: 'task' },
  });
  expect(shell.written.out).toContain('allowed by mia');
  expect(await shell.run('approval', 'deny', 'a_ask00001')).toBe(2);
  expect(await shell.run('approval', 'deny', 'a_ask00001', '--reason', 'not now')).toBe(0);
  expect(service.asked.at(-1)?.asked.body).toEqual({ decision: 'deny', reason: 'not now' });
  expect(await shell.run('approval', 'allow', 'a_ask00001', '--for', 'ever')).toBe(2);
});

test('F12: shows the choices of an agent and answers with one, by name, its beginning or its id', async () => {
  const options = [
    { id: 'auto', name: 'Yes, and use auto mode', kind: 'allow_always' },
    { id: 'manual', name: 'Yes, manually approve edits', kind: 'allow_once' },
    { id: 'blue', name: 'Blue', kind: null },
  ];
  const { detail } = fixtureProposal();
  const asked = fixtureProposal({
    detail: { ...detail, toolKind: 'switch_mode', options, text: '# The plan' },
  });
  const answered = fixtureProposal({ status: 'answered', ruledBy: 'mia', ruledAt: NOW, choice: options[2] });
  await using service = await startFixtureService({
    'approval.list': () => ({ proposals: [asked] }),
    'approval.rule': () => ({ proposal: answered }),
  });
  const shell = shellAt(service);
  expect(await shell.run('approval', 'list')).toBe(0);
  expect(shell.written.out).toContain('# The plan');
  expect(shell.written.out).toContain('approval answer a_ask00001 --option "Yes, manually approve edits"');
  for (const [typed, option] of [
    ['Yes, manually approve edits', 'manual'],
    ['yes, AND', 'auto'],
    ['blue', 'blue'],
  ] as const) {
    expect(await shell.run('approval', 'answer', 'a_ask', '--option', typed)).toBe(0);
    expect(service.asked.at(-1)?.asked.body).toEqual({ option, reason: null });
  }
  expect(shell.written.out).toContain('answered with "Blue" by mia');
  for (const typed of ['yes', 'Green', '']) {
    expect(await shell.run('approval', 'answer', 'a_ask', '--option', typed)).toBe(2);
  }
  expect(shell.written.err).toContain('"Blue" (blue)');
});

test('lists rules, marks those that allow nothing, and takes one back', async () => {
  const rule = { id: 'rule_1', scope: 'task', scopeId: 't_1', text: 'npm test …', isUsed: true } as const;
  const old = { ...rule, id: 'rule_2', text: 'timeout 60 …', isUsed: false };
  const made = { createdAt: NOW, createdBy: 'mia' };
  await using service = await startFixtureService({
    'rule.list': () => ({ rules: [rule, old].map((one) => ({ ...one, ...made })) }),
    'rule.forget': () => ({ rule: { ...rule, ...made } }),
  });
  const shell = shellAt(service);
  expect(await shell.run('approval', 'rules')).toBe(0);
  expect(shell.written.out).toContain('rule_1  task t_1  npm test …');
  expect(shell.written.out).toMatch(/rule_2.*too wide/);
  expect(await shell.run('approval', 'forget', 'rule_1')).toBe(0);
  expect(service.asked.at(-1)?.asked.params).toEqual({ ruleId: 'rule_1' });
});

test('lists agents with what to do next, runs and counts', async () => {
  await using service = await serve();
  const shell = shellAt(service);
  expect(await shell.run('agent', 'list')).toBe(0);
  expect(shell.written.out).toContain('! needs sign-in');
  expect(shell.written.out).toContain('Run opencode auth login.');
  expect(shell.written.out).toContain('✓ connected');
  expect(await shell.run('run', 'list')).toBe(0);
  expect(shell.written.out).toContain('◐ working');
  expect(await shell.run('stats')).toBe(0);
  expect(shell.written.out).toContain('The oldest ready task has waited for 1 min.');
});

test('prints a sign-in link with the ticket encoded', async () => {
  await using service = await serve();
  const shell = shellAt(service);
  expect(await shell.run('sign-in')).toBe(0);
  expect(shell.written.out.split('\n')[0]).toBe(`${service.url}/sign-in?ticket=one%2Ftime`);
  expect(shell.written.out).toContain('in 10 min');
});

test('prints stored events, then what happens, from where the stored ones end', async () => {
  const readers: FixtureReader[] = [];
  await using service = await serve((reader) => {
    readers.push(reader);
    reader.send({ type: 'hello', cursor: 3, heartbeatMs: 10_000 });
    reader.send({ type: 'event', event: eventOf(4) as never });
  });
  const shell = shellAt(service);
  const ended = shell.run('events', '--since', '0', '--follow', '--json');
  await shell.until((both) => both.includes('here-4'));
  shell.signals.emit('SIGINT');
  expect(await ended).toBe(0);
  const lines = shell.written.out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { seq: number });
  expect(lines.map(({ seq }) => seq)).toEqual([3, 4]);
  expect(readers[0]?.url.searchParams.get('since')).toBe('3');
  expect(shell.signals.listenerCount('SIGINT')).toBe(0);
});

test('events without --since start 50 back', async () => {
  await using service = await serve();
  const shell = shellAt(service);
  expect(await shell.run('events')).toBe(0);
  expect(shell.written.out).toContain('runner.connected');
  expect(service.asked.at(-1)?.asked.query).toMatchObject({ since: '2' });
});
