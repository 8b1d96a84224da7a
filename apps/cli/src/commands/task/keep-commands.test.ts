import { refuse } from '@quarterdeck/contract/refuse';
import type { WorkspaceDiff } from '@quarterdeck/contract/runner-protocol';
import { expect, test } from 'vitest';
import { fixtureRun, fixtureTask } from '../../testing/fixture-objects.ts';
import { createFixtureTerminal } from '../../testing/fixture-terminal.ts';
import { detailOf } from '../../testing/serve-tasks.ts';
import { startFixtureService } from '../../testing/start-fixture-service.ts';

const BASE = 'b'.repeat(40);
const HEAD = 'a'.repeat(40);
const START = 'c'.repeat(40);
const diff: WorkspaceDiff = {
  base: BASE,
  head: HEAD,
  branch: 'qd/t_77aa',
  patch: 'diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-old\n+new\n',
  isCut: false,
  stat: { files: 1, added: 1, removed: 1 },
  hasUncommitted: false,
  leftOut: [],
  startedFrom: null,
};
const lead = 'To land exactly this';

async function show(answer: WorkspaceDiff, isTTY: boolean, ...flags: string[]) {
  await using service = await startFixtureService({ 'task.diff': () => answer });
  const shell = createFixtureTerminal({ env: { QUARTERDECK_URL: service.url }, isTTY });
  await shell.run('task', 'diff', 't_77aa0001', ...flags);
  return { ...shell.written, query: service.asked.at(-1)?.asked.query };
}

test('S2: a diff says how exactly what it shows can be landed', async () => {
  expect((await show(diff, true)).err).toContain(
    `${lead}: quarterdeck task land t_77aa0001 --seen ${BASE}..${HEAD}`,
  );
  for (const other of [{ hasUncommitted: true }, { head: null }, { base: HEAD }])
    expect((await show({ ...diff, ...other }, true)).err).not.toContain(lead);
  expect(await show(diff, false)).toMatchObject({ out: diff.patch, err: '' });
});

test('S2: a diff says what else would land, and shows the task alone on request', async () => {
  const more = await show({ ...diff, startedFrom: START }, false);
  expect(more.err).toContain('Landing also brings work');
  expect(more.query).toEqual({});
  const own = await show({ ...diff, startedFrom: START }, true, '--own');
  expect(own.query).toEqual({ own: 'true' });
  expect(own.err).toContain('alone');
  expect(own.err).not.toContain(lead);
});

test('F02: a diff names what is in no commit', async () => {
  const leftOut = [{ path: 'site', why: 'a repository of its own' }];
  expect((await show({ ...diff, leftOut }, false)).err).toContain(
    'would not land: site (a repository of its own)',
  );
});

test('F01: keeps work again, and says what is in the way', async () => {
  const task = fixtureTask({ status: 'done' });
  let isMended = false;
  await using service = await startFixtureService({
    'task.keep': () =>
      isMended ? { task } : refuse('keep_refused', { taskId: task.id, reason: 'door.txt is refused by git' }),
  });
  const run = async () => {
    const shell = createFixtureTerminal({ env: { QUARTERDECK_URL: service.url } });
    return { code: await shell.run('task', 'keep', task.id), ...shell.written };
  };
  expect(await run()).toMatchObject({ code: 5, err: expect.stringContaining('door.txt is refused by git') });
  isMended = true;
  expect(await run()).toMatchObject({ code: 0, out: expect.stringContaining('All its work is kept.') });
});

test('F01 S2: a task shows what its last attempt left beside its work', async () => {
  const run = fixtureRun({
    status: 'ended',
    outcome: 'completed',
    unkept: {
      failure: 'Git refuses door.txt.',
      leftOut: [{ path: 'site', why: 'nested' }],
      remedy: 'git config x',
    },
    notes: ['The hook pre-commit was added.'],
    pastReview: 'main holds 2 commits that nobody landed.',
  });
  const detail = { ...detailOf(fixtureTask({ status: 'blocked' })), runs: [run] };
  await using service = await startFixtureService({ 'task.show': () => detail });
  const shell = createFixtureTerminal({ env: { QUARTERDECK_URL: service.url } });
  await shell.run('task', 'show', 't_77aa0001');
  for (const told of ['Git refuses door.txt', 'site (nested)', 'git config x', 'pre-commit', 'nobody landed'])
    expect(shell.written.out).toContain(told);
});
