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
    login: 'present',
    version: '1.2.0',
    remedy: null,
    warnings: [],
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
function programFolder(agents: readonly unknown[], problems: readonly object[] = []): string {
  const folder = mkdtempSync(join(tmpdir(), 'quarterdeck-doctor-'));
  folders.push(folder);
  const script = `if (process.argv.slice(2).join(' ') === 'detect --json') console.log(${JSON.stringify(JSON.stringify({ agents, problems }))});`;
  writeFileSync(join(folder, 'runner.mjs'), script);
  return folder;
}

function shell(agents: readonly unknown[], url: string, problems: readonly object[] = []) {
  const env = { QUARTERDECK_URL: url, PATH: process.env['PATH'] ?? '', QUARTERDECK_HOME: tmpdir() };
  return createFixtureTerminal({ env, programFolder: programFolder(agents, problems) });
}

test('is content when one agent can work, and says what to do for the others', async () => {
  await using service = await startFixtureService({});
  const terminal = shell([agent('opencode', {}), missing], service.url);
  expect(await terminal.run('doctor')).toBe(0);
  expect(terminal.written.out).toContain(`✓ server    answers at ${service.url}`);
  expect(terminal.written.out).toMatch(/opencode +✓ has a login +1\.2\.0/);
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

test('A18: says what it knows of each login, and calls ready only what has lately handed something in', async () => {
  const agents = [
    agent('opencode', {}),
    agent('claude', {}),
    agent('codex', { isSignedIn: false, login: 'expired', remedy: 'Its login has expired. Sign in.' }),
    agent('gemini', { isSignedIn: false, login: 'missing', remedy: 'Sign in.' }),
    agent('qwen', { warnings: ['Version 0.1.0 is older than 0.24.0: it hides tools.'] }),
  ];
  const proven = { ...agent('claude', {}), liveRuns: 0, runners: [], provenAt: 5 };
  await using service = await startFixtureService({
    'agent.list': () => ({ runners: [], agents: [proven] }) as never,
  });
  const terminal = shell(agents, service.url);
  expect(await terminal.run('doctor')).toBe(0);
  const { out } = terminal.written;
  expect(out).toMatch(/opencode +✓ has a login/);
  expect(out).toMatch(/claude +✓ ready/);
  expect(out).toMatch(/codex +! login expired .*Its login has expired/);
  expect(out).toMatch(/gemini +! needs sign-in .*Sign in\./);
  expect(out).toMatch(/qwen +✓ has a login .*it hides tools/);
});

test('A14: names the files of profiles that cannot be used', async () => {
  await using service = await startFixtureService({});
  const problem = { file: 'mine.json', reason: 'it extends "nobody", which does not exist' };
  const terminal = shell([agent('opencode', {})], service.url, [problem]);
  await terminal.run('doctor');
  expect(terminal.written.out).toMatch(/✕ profile +mine\.json in .*profiles: it extends "nobody"/);
});
