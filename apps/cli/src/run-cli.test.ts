import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { refuse } from '@quarterdeck/contract/refuse';
import { expect, test } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { createFixtureTerminal } from './testing/fixture-terminal.ts';
import { startFixtureService } from './testing/start-fixture-service.ts';

test('prints help, help of a command with examples, and the version', async () => {
  const plain = createFixtureTerminal();
  expect(await plain.run()).toBe(0);
  expect(plain.written.out).toContain('Usage: quarterdeck');
  const command = createFixtureTerminal();
  expect(await command.run('task', 'create', '--help')).toBe(0);
  expect(command.written.out).toContain('$ quarterdeck task create');
  const version = createFixtureTerminal();
  expect(await version.run('--version')).toBe(0);
  expect(version.written.out.trim()).toBe(manifest.version);
});

test('an unknown command is wrong use and suggests the nearest', async () => {
  const shell = createFixtureTerminal();
  expect(await shell.run('tsk', 'list')).toBe(2);
  expect(shell.written.err).toContain('Did you mean task?');
  expect(await shell.run('task', 'lst')).toBe(2);
  expect(shell.written.err).toContain('Did you mean list?');
});

test.each([
  { refused: refuse('task_not_found', { taskId: 't_gone00001' }), exitCode: 3 },
  { refused: refuse('forbidden', { reason: 'viewers only read' }), exitCode: 4 },
  { refused: refuse('run_superseded', { runId: 'r_1' }), exitCode: 5 },
])('a refusal gives its text and exit code $exitCode', async ({ refused, exitCode }) => {
  await using service = await startFixtureService({ 'task.show': () => refused });
  const shell = createFixtureTerminal({ env: { QUARTERDECK_URL: service.url } });
  expect(await shell.run('task', 'show', 't_gone00001')).toBe(exitCode);
  expect(shell.written).toEqual({ out: '', err: `✕ ${refused.refusal.message}\n` });
  const json = createFixtureTerminal({ env: { QUARTERDECK_URL: service.url } });
  await json.run('task', 'show', 't_gone00001', '--json');
  expect(JSON.parse(json.written.err)).toEqual({ error: refused.refusal });
});

test('says how to start a server when none answers, and what an address looks like', async () => {
  const shell = createFixtureTerminal({ env: { QUARTERDECK_URL: 'http://127.0.0.1:1' } });
  expect(await shell.run('stats')).toBe(6);
  expect(shell.written.err).toContain('quarterdeck up');
  expect(await shell.run('stats', '--url', 'nowhere')).toBe(2);
  expect(shell.written.err).toContain('"nowhere" is no address');
});

test("takes the owner's token from the home folder, for this machine only", async () => {
  const home = mkdtempSync(join(tmpdir(), 'quarterdeck-cli-'));
  try {
    writeFileSync(join(home, 'owner-token'), 'from-home\n');
    await using service = await startFixtureService({ 'run.list': () => ({ runs: [] }) });
    const local = createFixtureTerminal({ env: { QUARTERDECK_HOME: home, QUARTERDECK_URL: service.url } });
    await local.run('run', 'list');
    const given = { QUARTERDECK_HOME: home, QUARTERDECK_URL: service.url, QUARTERDECK_TOKEN: 'from-env' };
    await createFixtureTerminal({ env: given }).run('run', 'list');
    const sent = service.asked.map(({ asked }) => asked.headers.authorization);
    expect(sent).toEqual(['Bearer from-home', 'Bearer from-env']);

    const seen: (string | null)[] = [];
    const remote = createFixtureTerminal({
      env: { QUARTERDECK_HOME: home, QUARTERDECK_URL: 'https://board.example' },
    });
    const fetch: typeof globalThis.fetch = async (_, init) => {
      seen.push(new Headers(init?.headers).get('authorization'));
      return Response.json({ runs: [] });
    };
    const { runCli } = await import('./run-cli.ts');
    await runCli(['run', 'list'], { ...remote.terminal, fetch });
    expect(seen).toEqual([null]);
  } finally {
    rmSync(home, { recursive: true });
  }
});
