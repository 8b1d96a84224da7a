import { expect, test } from 'vitest';
import { fixtureTask } from '../../testing/fixture-objects.ts';
import { createFixtureTerminal } from '../../testing/fixture-terminal.ts';
import { detailOf } from '../../testing/serve-tasks.ts';
import { startFixtureService } from '../../testing/start-fixture-service.ts';

const patch = 'diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-old\n+new\n';
const diff = {
  base: 'main',
  head: 'abc',
  branch: 'qd/t_77aa',
  patch,
  isCut: false,
  stat: { files: 1, added: 1, removed: 1 },
  hasUncommitted: true,
  leftOut: [],
  startedFrom: null,
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
