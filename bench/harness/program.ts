import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createClient } from '@quarterdeck/client/call';
import { childrenOf, commandLine, findByCommandLine } from './processes.ts';

const PROGRAM = join(import.meta.dirname, '../../dist/quarterdeck.mjs');
const START_PATIENCE_MS = 60_000;
const STOP_PATIENCE_MS = 20_000;

/** The shipped program, running on a home of its own. */
export interface RunningProgram {
  readonly url: string;
  readonly ownerToken: string;
  readonly client: ReturnType<typeof createClient>;
  /** From the start of the process to its ready line, ms. */
  readonly readyAfterMs: number;
  /** Process id of the supervisor, and of the programs it keeps. */
  readonly pids: { readonly supervisor: number; readonly server: number; readonly runner: number | null };
  stop(): Promise<void>;
}

/** Starts `quarterdeck up` as it is built in dist/, on any free port, and waits for its ready line. */
export async function startProgram(
  home: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<RunningProgram> {
  if (!existsSync(PROGRAM)) throw new Error('dist/ has no program. Build it first: npm run build');
  const startedAt = performance.now();
  const child = spawn(process.execPath, [PROGRAM, 'up', '--port', '0', ...args], {
    env: {
      ...process.env,
      QUARTERDECK_HOME: home,
      QUARTERDECK_TOKEN: '',
      QUARTERDECK_DATABASE_URL: '',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const complaints = collect(child);
  try {
    const url = await readyUrl(child);
    const readyAfterMs = performance.now() - startedAt;
    const ownerToken = (await readFile(join(home, 'owner-token'), 'utf8')).trim();
    return {
      url,
      ownerToken,
      client: createClient({ baseUrl: url, token: ownerToken }),
      readyAfterMs,
      pids: await findPrograms(child.pid ?? 0),
      stop: () => stop(child, home),
    };
  } catch (error) {
    await stop(child, home);
    throw new Error(`the program did not get ready. It said:\n${complaints.join('')}`, { cause: error });
  }
}

/** What it wrote to its standard error; also keeps the pipe from filling up. */
function collect(child: ChildProcess): string[] {
  const said: string[] = [];
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    if (said.length < 200) said.push(text);
  });
  return said;
}

async function readyUrl(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('the program has no output');
  const lines = createInterface({ input: child.stdout, signal: AbortSignal.timeout(START_PATIENCE_MS) });
  for await (const line of lines) {
    const found = /^Quarterdeck is ready: (\S+)/.exec(line)?.[1];
    if (found) return new URL(found).origin;
  }
  throw new Error('the program left, or said nothing for a minute, before it was ready');
}

async function findPrograms(supervisor: number) {
  const found = new Map<string, number>();
  for (const pid of await childrenOf(supervisor)) {
    const line = await commandLine(pid);
    for (const name of ['server', 'runner']) if (line.includes(`${name}.mjs`)) found.set(name, pid);
  }
  return { supervisor, server: found.get('server') ?? 0, runner: found.get('runner') ?? null };
}

/** Agents outlive the program by design; those of this home, which nobody will ever open again, are ended with it. */
async function stop(child: ChildProcess, home: string): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await leave(child);
  for (const pid of await findByCommandLine(home)) end(pid);
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

async function leave(child: ChildProcess): Promise<void> {
  const exited = new Promise((resolve) => child.once('exit', resolve));
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_PATIENCE_MS);
  child.kill('SIGTERM');
  await exited;
  clearTimeout(timer);
}
