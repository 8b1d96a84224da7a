import { NO_USAGE } from '@quarterdeck/contract/usage';
import { expect, test } from 'vitest';
import { endedRun, fixtureTask, NOW } from '../../testing/fixture-objects.ts';
import { blocked, serve, shellAt } from '../../testing/serve-tasks.ts';
import { startFixtureService } from '../../testing/start-fixture-service.ts';

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
