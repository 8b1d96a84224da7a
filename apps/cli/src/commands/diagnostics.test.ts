import { Diagnostic } from '@quarterdeck/contract/diagnostic';
import { expect, test } from 'vitest';
import { fixtureTask, NOW } from '../testing/fixture-objects.ts';
import { createFixtureTerminal } from '../testing/fixture-terminal.ts';
import { startFixtureService } from '../testing/start-fixture-service.ts';

const gaveUp = Diagnostic.parse({
  kind: 'repeated_failures',
  severity: 'error',
  taskId: 't_77aa0001',
  taskTitle: 'Fix the flaky test',
  runId: null,
  message: 'It was given up 2 hours ago. Last: boom',
  since: NOW - 7_200_000,
  remedies: ['retry', 'reassign', 'archive'],
});

const serve = (found: readonly Diagnostic[]) =>
  startFixtureService({
    'diagnostic.list': () => ({ diagnostics: [...found] }),
    'task.bulk': ({ body }) => ({ results: [{ id: (body as { ids: string[] }).ids[0] ?? '', ok: true }] }),
    'task.update': () => ({ task: fixtureTask({ assignee: 'codex' }) }),
    'task.show': () => ({
      task: fixtureTask({ labels: ['api', 'needs design'] }),
      comments: [],
      links: { parents: [], children: [] },
      runs: [],
      waiting: [],
      attachments: [],
      diagnostics: [gaveUp],
      seq: 1,
    }),
  });
const shellAt = ({ url }: { readonly url: string }) =>
  createFixtureTerminal({ env: { QUARTERDECK_URL: url } });

test('K16 says what is wrong with tasks and what to type, and exits with 0', async () => {
  await using service = await serve([gaveUp]);
  const shell = shellAt(service);
  expect(await shell.run('diagnostics', '--task', 't_77aa0001')).toBe(0);
  expect(shell.written.out).toMatch(/✕ error +t_77aa0001 +Fix the flaky test +It was given up 2 hours ago/);
  expect(shell.written.out).toContain('quarterdeck task move t_77aa0001 ready');
  expect(service.asked.at(-1)?.asked.query).toEqual({ task: 't_77aa0001' });
  const json = shellAt(service);
  expect(await json.run('diagnostics', '--json')).toBe(0);
  expect(JSON.parse(json.written.out)).toEqual({ diagnostics: [gaveUp] });
});

test('K16 says so when nothing is wrong, and a task shows what is', async () => {
  await using service = await serve([]);
  const shell = shellAt(service);
  await shell.run('diagnostics');
  expect(shell.written.out).toBe('Nothing needs attention.\n');
  await shell.run('task', 'show', 't_77aa0001');
  expect(shell.written.out).toContain('quarterdeck task assign t_77aa0001 <agent>');
});

test('K18 adds and takes away labels with a sign, also labels of several words', async () => {
  await using service = await serve([]);
  const shell = shellAt(service);
  const words = ['+api', '+needs design', '-old', '-left over'];
  expect(await shell.run('task', 'label', 't_77aa0001', ...words)).toBe(0);
  expect(shell.written.out).toContain('#api #needs design');
  expect(service.asked.find(({ name }) => name === 'task.bulk')?.asked.body).toEqual({
    ids: ['t_77aa0001'],
    addLabels: ['api', 'needs design'],
    removeLabels: ['old', 'left over'],
  });
  const only = shellAt(service);
  expect(await only.run('task', 'label', 't_77aa0001', '-old', '--json')).toBe(0);
  expect(JSON.parse(only.written.out)).toMatchObject({ task: { labels: ['api', 'needs design'] } });
  const wrong = shellAt(service);
  expect(await wrong.run('task', 'label', 't_77aa0001', 'api')).toBe(2);
  expect(wrong.written.err).toContain('write +name to add a label');
});

test('K4 gives a task to somebody, and to nobody', async () => {
  await using service = await serve([]);
  const shell = shellAt(service);
  expect(await shell.run('task', 'assign', 't_77aa0001', 'codex')).toBe(0);
  expect(service.asked.at(-1)?.asked.body).toEqual({ assignee: 'codex' });
  expect(await shell.run('task', 'assign', 't_77aa0001')).toBe(0);
  expect(service.asked.at(-1)?.asked.body).toEqual({ assignee: '' });
});
