import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createFixtureTerminal } from '../testing/fixture-terminal.ts';
import { startFixtureService } from '../testing/start-fixture-service.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function agent(profile: string, over: Readonly<Record<string, unknown>>) {
  return {
    profile,
    name: profile,
    initials: 'ag',
    description: '',
    isInstalled: true,
    isSignedIn: true,
    version: '1.2.0',
    remedy: null,
    maxConcurrentRuns: 2,
    maxRuntimeMs: 1000,
    ...over,
  };
}

const missing = agent('codex', {
  isInstalled: false,
  version: null,
  remedy: 'Install it: npm install -g codex',
});

/** A folder with a runner that finds these agents. */
function programFolder(agents: readonly unknown[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'quarterdeck-doctor-'));
  folders.push(folder);
  const script = `if (process.argv.slice(2).join(' ') === 'detect --json') console.log(${JSON.stringify(JSON.stringify(agents))});`;
  writeFileSync(join(folder, 'runner.mjs'), script);
  return folder;
}

function shell(agents: readonly unknown[], url: string) {
  const env = { QUARTERDECK_URL: url, PATH: process.env['PATH'] ?? '', QUARTERDECK_HOME: tmpdir() };
  return createFixtureTerminal({ env, programFolder: programFolder(agents) });
}

test('is content when one agent can work, and says what to do for the others', async () => {
  await using service = await startFixtureService({});
  const terminal = shell([agent('opencode', {}), missing], service.url);
  expect(await terminal.run('doctor')).toBe(0);
  expect(terminal.written.out).toContain(`✓ server    answers at ${service.url}`);
  expect(terminal.written.out).toMatch(/opencode +✓ ready +1\.2\.0/);
  expect(terminal.written.out).toMatch(/codex +○ not installed +– +Install it: npm install -g codex/);
});

test('fails when no agent can work, and says so in JSON too', async () => {
  const terminal = shell([missing], 'http://127.0.0.1:1');
  expect(await terminal.run('doctor', '--json')).toBe(1);
  expect(JSON.parse(terminal.written.out)).toMatchObject({ ok: false, agents: [{ profile: 'codex' }] });
});

test('says what to do when the runner cannot look or the home cannot be written', async () => {
  const home = join(programFolder([]), 'runner.mjs', 'home');
  const env = { QUARTERDECK_URL: 'http://127.0.0.1:1', QUARTERDECK_HOME: home, PATH: '' };
  const terminal = createFixtureTerminal({ env });
  expect(await terminal.run('doctor')).toBe(1);
  expect(terminal.written.out).toContain('npm run build');
  expect(terminal.written.out).toContain(`${home} cannot be written`);
  expect(terminal.written.out).toContain('Install git');
});
