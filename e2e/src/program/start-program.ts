import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Client, createClient } from '@quarterdeck/client/call';
import type { ProfileInput } from '@quarterdeck/contract/profile';
import type { RouteReply } from '@quarterdeck/contract/routes';
import { childrenOf, processesOfRun, processesWith } from './processes.ts';
import { waitUntil } from './wait-until.ts';

/** The built program. */
export const PROGRAM = join(import.meta.dirname, '../../../dist/quarterdeck.mjs');
const READY = /Quarterdeck is ready: (\S+)/;

interface ProgramOptions {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** The user's own profiles, written to `<home>/profiles/`. */
  readonly profiles?: readonly ProfileInput[];
  /** Where its home is made; the system's temporary folder when left out. */
  readonly parent?: string;
  /** Command words put before the program, such as `unshare -rn …`. */
  readonly prefix?: readonly string[];
}

export interface Program extends AsyncDisposable {
  readonly home: string;
  readonly url: string;
  /** The address with the one-time ticket, as printed. */
  readonly signInUrl: string;
  readonly token: string;
  readonly client: Client;
  /** Everything the program has printed. */
  output(): string;
  /** Process id of its server or runner as it is now. */
  pidOf(part: 'server' | 'runner'): Promise<number>;
  /** Starts it again on the same home and port, after its supervisor was killed; waits until the server answers. */
  restart(): Promise<void>;
  /** Every event in the log. */
  events(): Promise<RouteReply<'event.list'>['events']>;
}

/** Starts the built program as a person would, on an empty home and a free port, and waits for its ready line. */
export async function startProgram(options: ProgramOptions = {}): Promise<Program> {
  const home = await mkdtemp(join(options.parent ?? tmpdir(), 'qd-e2e-'));
  await writeProfiles(home, options.profiles ?? []);
  const port = await freePort();
  const [command = process.execPath, ...words] = [
    ...(options.prefix ?? []),
    process.execPath,
    PROGRAM,
    'up',
    ...(options.args ?? []),
  ];
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: home,
    LANG: 'C.UTF-8',
    QUARTERDECK_HOME: home,
    QUARTERDECK_PORT: String(port),
    ...options.env,
  };
  const printed: string[] = [];
  const start = () => {
    const started = spawn(command, words, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [started.stdout, started.stderr])
      stream.on('data', (chunk) => printed.push(String(chunk)));
    return started;
  };
  let child = start();
  const output = () => printed.join('');
  const ready = await waitUntil('the ready line', () => READY.exec(output())?.[1], {
    timeoutMs: 30_000,
    explain: output,
  });
  const url = new URL(ready).origin;
  const token = (await readFile(join(home, 'owner-token'), 'utf8')).trim();
  const client = createClient({ baseUrl: url, token });
  return {
    home,
    url,
    signInUrl: ready,
    token,
    client,
    output,
    pidOf: (part) => waitUntil(`the ${part} process`, () => findPart(child, part)),
    async restart() {
      child = start();
      await waitUntil('the server to answer', async () => (await client.call('board.stats')).ok, {
        explain: output,
      });
    },
    events: () => allEvents(client),
    [Symbol.asyncDispose]: () => stopProgram(child, home),
  };
}

async function writeProfiles(home: string, profiles: readonly ProfileInput[]): Promise<void> {
  await mkdir(join(home, 'profiles'), { recursive: true });
  for (const profile of profiles)
    await writeFile(join(home, 'profiles', `${profile.id}.json`), JSON.stringify(profile));
}

async function findPart(child: ChildProcess, part: string): Promise<number | undefined> {
  const found = (await childrenOf(child.pid ?? 0)).find(({ command }) => command.includes(`${part}.mjs`));
  return found?.pid;
}

async function allEvents(client: Client): Promise<RouteReply<'event.list'>['events']> {
  const events: RouteReply<'event.list'>['events'] = [];
  for (let since = 0; ; ) {
    const page = await client.call('event.list', { query: { since, limit: 1000 } });
    if (!page.ok) throw new Error(page.refusal.message);
    if (page.value.events.length === 0) return events;
    events.push(...page.value.events);
    since = page.value.cursor;
  }
}

/** Stops the program and every agent host it left working, then removes the home. */
async function stopProgram(child: ChildProcess, home: string): Promise<void> {
  const left = new Promise((resolve) => child.once('exit', resolve));
  if (child.exitCode === null && child.signalCode === null) {
    child.kill('SIGTERM');
    const force = setTimeout(() => child.kill('SIGKILL'), 10_000);
    await left;
    clearTimeout(force);
  }
  for (const { pid } of await hostsOf(home)) kill(-pid);
  // An agent that clings on outlives its host.
  for (const runId of await runsOf(home)) for (const pid of await processesOfRun(runId)) kill(pid);
  // A runner that was killed leaves the agents it had asked for their version; they would write into the home again.
  for (const pid of await processesWith(`QUARTERDECK_HOME=${home}`)) kill(pid);
  await rm(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}

function runsOf(home: string): Promise<string[]> {
  return readdir(join(home, 'runner', 'runs')).catch(() => []);
}

async function hostsOf(home: string): Promise<{ readonly pid: number }[]> {
  const files = (await runsOf(home)).map((runId) => join(home, 'runner', 'runs', runId, 'host.json'));
  const identities = await Promise.all(
    files.map((file) => readFile(file, 'utf8').then(JSON.parse, () => null)),
  );
  return identities.filter((identity) => identity !== null);
}

/** Kills a process, or a group when negative. */
function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
