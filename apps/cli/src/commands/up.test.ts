import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';

// The real program, bundled, with a server and a runner beside it that only write down what happens to them.
const FAKE_PROGRAM = `
import { appendFileSync } from 'node:fs';
import { createServer } from 'node:http';
const name = process.argv[1].includes('server') ? 'server' : 'runner';
const { FAKE_LOG, FAKE_EXIT, FAKE_STUBBORN, FAKE_HTTP, ...env } = process.env;
const note = (what) => appendFileSync(FAKE_LOG, JSON.stringify({ name, what, pid: process.pid, args: process.argv.slice(2), env }) + '\\n');
process.on('SIGTERM', () => { note('told'); if (!FAKE_STUBBORN) process.exit(0); });
process.on('SIGINT', () => note('interrupted'));
process.stdin.on('close', () => { note('orphaned'); process.exit(0); }).resume();
note('start');
if (name === 'server' && FAKE_EXIT) process.exit(Number(FAKE_EXIT));
if (name === 'server' && FAKE_HTTP) {
  const ticket = JSON.stringify({ ticket: 'once', expiresAt: 1 });
  createServer((request, response) => response.end(request.url === '/healthz' ? 'ok' : ticket)).listen(env.QUARTERDECK_PORT, '127.0.0.1');
}
`;

interface Note {
  readonly name: 'server' | 'runner';
  readonly what: 'start' | 'told' | 'interrupted' | 'orphaned';
  readonly pid: number;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

let folder = '';
let log = '';
const started: ChildProcess[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'quarterdeck-up-'));
  const entry = join(import.meta.dirname, '../main.ts');
  const outfile = join(folder, 'quarterdeck.mjs');
  const banner = {
    js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
  };
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    banner,
    logLevel: 'error',
  });
  for (const name of ['server', 'runner']) writeFileSync(join(folder, `${name}.mjs`), FAKE_PROGRAM);
});
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
  for (const { pid } of notes()) killIfThere(pid);
});
afterAll(() => rmSync(folder, { recursive: true }));

function startUp(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  log = join(folder, `${started.length}-${performance.now()}.log`);
  writeFileSync(log, '');
  const child = spawn(process.execPath, [join(folder, 'quarterdeck.mjs'), 'up', ...args], {
    env: { PATH: process.env['PATH'], QUARTERDECK_HOME: folder, FAKE_LOG: log, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  let said = '';
  child.stderr?.on('data', (text) => {
    said += String(text);
  });
  const exit = once(child, 'exit') as Promise<[number | null, string | null]>;
  return { child, exit, said: () => said };
}

function notes(): readonly Note[] {
  if (log === '') return [];
  const lines = readFileSync(log, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as Note);
}

function notesOf(name: Note['name'], what: Note['what']): readonly Note[] {
  return notes().filter((note) => note.name === name && note.what === what);
}

async function until(isTrue: () => boolean): Promise<void> {
  await expect.poll(isTrue, { timeout: 10_000, interval: 20 }).toBe(true);
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has left already.
  }
}

const bothRun = () => notesOf('server', 'start').length > 0 && notesOf('runner', 'start').length > 0;

test('starts a server and a runner that know of each other, and stops them', async () => {
  const up = startUp(['--port', '4999', '--host', '0.0.0.0', '--no-demo']);
  await until(bothRun);
  const [server] = notesOf('server', 'start');
  const [runner] = notesOf('runner', 'start');
  expect(server).toMatchObject({
    args: ['--no-demo'],
    env: {
      QUARTERDECK_HOST: '0.0.0.0',
      QUARTERDECK_PORT: '4999',
      QUARTERDECK_HOME: folder,
      QUARTERDECK_SUPERVISED: '1',
    },
  });
  expect(server?.env['QUARTERDECK_RESTART']).toBeUndefined();
  expect(runner?.env['QUARTERDECK_SERVER_URL']).toBe('http://127.0.0.1:4999');
  up.child.kill('SIGTERM');
  expect(await up.exit).toEqual([0, null]);
  expect(notesOf('server', 'told')).toHaveLength(1);
  expect(notesOf('runner', 'told')).toHaveLength(1);
});

test('S1: the runner has no secret of the owner or the server, and reads its own from its file', async () => {
  const secrets = {
    QUARTERDECK_TOKEN: 'owner-secret',
    QUARTERDECK_DATABASE_URL: 'postgres://a:b@c/d',
    QUARTERDECK_RUNNER_TOKEN: 'runner-secret',
    QUARTERDECK_ANYTHING: 'else',
  };
  const given = {
    QUARTERDECK_RUNNER_CAPACITY: '3',
    QUARTERDECK_DEMO_SPEED: '2',
    ANTHROPIC_API_KEY: 'for agents',
  };
  const up = startUp(['--port', '4999'], { ...secrets, ...given });
  await until(bothRun);
  const [server] = notesOf('server', 'start');
  const [runner] = notesOf('runner', 'start');
  expect(server?.env).toMatchObject({ QUARTERDECK_TOKEN: 'owner-secret' });
  expect(runner?.env).toMatchObject({ ...given, QUARTERDECK_HOME: folder });
  expect(Object.keys(runner?.env ?? {})).not.toEqual(
    expect.arrayContaining([expect.stringMatching(/TOKEN|DATABASE|ANYTHING/)]),
  );
  up.child.kill('SIGTERM');
  expect(await up.exit).toEqual([0, null]);
});

test('starts what dies again, told that it is a restart, and leaves the other alone', async () => {
  const up = startUp(['--port', '0', '--no-runner']);
  await until(() => notesOf('server', 'start').length === 1);
  killIfThere(notesOf('server', 'start')[0]?.pid ?? 0);
  await until(() => notesOf('server', 'start').length === 2);
  const [first, second] = notesOf('server', 'start');
  expect(second?.env['QUARTERDECK_RESTART']).toBe('1');
  expect(second?.env['QUARTERDECK_PORT']).toBe(first?.env['QUARTERDECK_PORT']);
  expect(Number(first?.env['QUARTERDECK_PORT'])).toBeGreaterThan(0);
  expect(up.said()).toContain('The server was ended by SIGKILL. Starting it again.');
  up.child.kill('SIGINT');
  expect(await up.exit).toEqual([0, null]);
  expect(notesOf('runner', 'start')).toEqual([]);
});

test.each([
  { code: 75, words: 'port 4999 on 127.0.0.1 is taken' },
  { code: 78, words: 'the server cannot use its configuration' },
])('gives up when the server exits with $code, and takes the runner along', async ({ code, words }) => {
  const up = startUp(['--port', '4999'], { FAKE_EXIT: String(code) });
  expect(await up.exit).toEqual([code, null]);
  expect(up.said()).toContain(words);
  expect(notesOf('server', 'start')).toHaveLength(1);
  await until(() => notes().every(({ pid }) => !isThere(pid)));
});

test('a second signal ends at once what would not leave', async () => {
  const up = startUp(['--port', '4999'], { FAKE_STUBBORN: '1' });
  await until(bothRun);
  up.child.kill('SIGINT');
  await until(() => notesOf('server', 'told').length === 1 && notesOf('runner', 'told').length === 1);
  up.child.kill('SIGINT');
  expect(await up.exit).toEqual([130, null]);
  expect(notes().some(({ pid }) => isThere(pid))).toBe(false);
});

test('server and runner notice when the supervisor is killed', async () => {
  const up = startUp(['--port', '4999']);
  await until(bothRun);
  up.child.kill('SIGKILL');
  await until(() => notesOf('server', 'orphaned').length === 1 && notesOf('runner', 'orphaned').length === 1);
});

test.runIf(process.platform === 'linux')(
  'opens the browser with a fresh sign-in link once the server answers',
  async () => {
    const opened = join(folder, 'opened');
    writeFileSync(
      join(folder, 'xdg-open'),
      `#!/bin/sh\nprintf %s "$1" > "${opened}.part" && mv "${opened}.part" "${opened}"\n`,
      { mode: 0o755 },
    );
    const path = `${folder}:${process.env['PATH']}`;
    const up = startUp(['--port', '0', '--open', '--no-runner'], { FAKE_HTTP: '1', PATH: path });
    await until(() => existsSync(opened));
    const port = notesOf('server', 'start')[0]?.env['QUARTERDECK_PORT'];
    expect(readFileSync(opened, 'utf8')).toBe(`http://127.0.0.1:${port}/sign-in?ticket=once`);
    up.child.kill('SIGTERM');
    expect(await up.exit).toEqual([0, null]);
  },
);

test('refuses a port that is none', async () => {
  const up = startUp(['--port', '70000']);
  expect(await up.exit).toEqual([2, null]);
  expect(up.said()).toContain('70000 is no port');
});

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
