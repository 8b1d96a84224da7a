import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Profile } from '@quarterdeck/contract/profile';
import { expect, test } from 'vitest';
import { detectAgents } from './detect-agents.ts';
import { readVersion } from './read-version.ts';

function profile(id: string, rest: object = {}): Profile {
  return Profile.parse({ id, name: id.toUpperCase(), initials: 'XX', command: id, ...rest });
}

/** A machine with these programs (shell scripts) and files below the person's home. */
async function machineWith(programs: Readonly<Record<string, string>>, files: readonly string[] = []) {
  const root = await mkdtemp(join(tmpdir(), 'quarterdeck-detect-'));
  const bin = join(root, 'bin with space');
  const personHome = join(root, 'home');
  await mkdir(bin, { recursive: true });
  for (const [name, script] of Object.entries(programs)) {
    await writeFile(join(bin, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  }
  for (const file of files) {
    await mkdir(dirname(join(personHome, file)), { recursive: true });
    await writeFile(join(personHome, file), '{}');
  }
  const env = { PATH: `/nowhere::${bin}:/usr/bin:/bin` };
  return {
    root,
    bin,
    env,
    personHome,
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }),
  };
}

test('a missing command comes with the way to install it', async () => {
  await using machine = await machineWith({});
  const [known, unknown] = await detectAgents(
    [profile('one', { detect: { install: 'Install it so.' } }), profile('two')],
    machine,
  );
  expect(known).toMatchObject({
    profile: 'one',
    isInstalled: false,
    version: null,
    remedy: 'Install it so.',
  });
  expect(unknown?.remedy).toBe('Install `two` so that it is on the PATH.');
});

test('an installed agent tells its version, on whichever stream', async () => {
  await using machine = await machineWith({
    one: 'echo codex-acp 2.6.0',
    two: 'echo "v1.2.3-beta.1 (x)" >&2',
    three: 'exit 1',
  });
  const found = await detectAgents([profile('one'), profile('two'), profile('three')], machine);
  expect(found.map((agent) => agent.version)).toEqual(['2.6.0', '1.2.3-beta.1', null]);
  expect(found.every((agent) => agent.isInstalled && agent.isSignedIn && agent.remedy === null)).toBe(true);
  expect(found.map((agent) => agent.warnings)).toEqual([
    [],
    [],
    ['`three --version` fails, so it may not start: it left with exit code 1'],
  ]);
});

test('a file or a variable says that the person is signed in', async () => {
  await using machine = await machineWith({ one: 'echo 1.0.0' }, ['.one/auth.json']);
  const detect = { signInFiles: ['.one/auth.json'], signInEnv: ['ONE_KEY'], signIn: 'Sign in so.' };
  const one = profile('one', { detect });
  const nobody = { env: machine.env, personHome: join(machine.root, 'other') };
  const keyed = { ...nobody, env: { ...machine.env, ONE_KEY: 'x' } };
  const answers = await Promise.all([machine, keyed, nobody].map((where) => detectAgents([one], where)));
  expect(answers.map(([agent]) => agent?.isSignedIn)).toEqual([true, true, false]);
  expect(answers[2]?.[0]?.remedy).toBe('Sign in so.');
});

test('A18: an agent nobody has tried is offered only where it is installed, and says so', async () => {
  await using machine = await machineWith({ one: 'echo 1.0.0' });
  const detect = { isUntried: true };
  const found = await detectAgents([profile('one', { detect }), profile('two', { detect })], machine);
  expect(found.map((agent) => agent.profile)).toEqual(['one']);
  expect(found[0]?.warnings).toEqual([expect.stringContaining('has not been run')]);
});

test.each([
  ['0.99.9', true],
  ['0.100.0', false],
  ['0.101.0', false],
  ['1.0.0-beta.1', false],
])('A18: a version below the one that works is warned of: %s', async (version, isOld) => {
  await using machine = await machineWith({ one: `echo ${version}` });
  const detect = { atLeast: { version: '0.100.0', because: 'it hides tools.' } };
  const [found] = await detectAgents([profile('one', { detect })], machine);
  expect(found?.warnings).toEqual(isOld ? [`Version ${version} is older than 0.100.0: it hides tools.`] : []);
});

test('never more than three programs run at once', async () => {
  const script =
    'd=$(dirname "$0"); touch "$d/on.$$"; ls "$d" | grep -c "^on" >> "$d/counts"; sleep 0.05; rm "$d/on.$$"; echo 1.0.0';
  const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
  await using machine = await machineWith(Object.fromEntries(ids.map((id) => [id, script])));
  await detectAgents(
    ids.map((id) => profile(id)),
    machine,
  );
  const counts = (await readFile(join(machine.bin, 'counts'), 'utf8')).trim().split('\n').map(Number);
  expect(counts).toHaveLength(7);
  expect(Math.max(...counts)).toBeLessThanOrEqual(3);
});

test('a program that hangs is ended with everything it started', async () => {
  await using machine = await machineWith({ one: 'sleep 600 & echo $! > "$(dirname "$0")/child"; wait' });
  const question = { program: join(machine.bin, 'one'), args: [], env: machine.env, deadlineMs: 300 };
  expect(await readVersion(question)).toEqual({ version: null, fault: null });
  const pid = Number(await readFile(join(machine.bin, 'child'), 'utf8'));
  await expect.poll(() => isAlive(pid)).toBe(false);
});

test('looking ends when nobody waits any more, with everything it started', async () => {
  await using machine = await machineWith({ one: 'sleep 600 & echo $! > "$(dirname "$0")/child"; wait' });
  const leaving = new AbortController();
  const looking = detectAgents([profile('one')], { ...machine, signal: leaving.signal });
  const child = async () => Number(await readFile(join(machine.bin, 'child'), 'utf8').catch(() => '0'));
  await expect.poll(child).toBeGreaterThan(0);
  leaving.abort();
  expect((await looking)[0]).toMatchObject({ isInstalled: true, version: null });
  await expect.poll(async () => isAlive(await child())).toBe(false);
});

// An orphan that nobody reaps stays as a zombie, which is dead.
async function isAlive(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ') Z');
  return !/\) [ZX]/.test(stat);
}
