import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import type { Attempt, OnProgress } from './workspace.ts';
import { attained, failed } from './workspace.ts';

export const SETUP_DEADLINE_MS = 10 * 60_000;
const TERM_TO_KILL_MS = 3000;
// A background process the command left behind may hold its pipes open for ever.
const DRAIN_MS = 500;
const SHOWN_LINES = 20;

export interface SetupCommand {
  /** Run by the system's shell. */
  readonly command: string;
  readonly cwd: string;
  readonly deadlineMs: number;
  readonly env: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** Runs the project's setup command in a fresh workspace; a failure carries its last lines. */
export async function runSetupCommand(setup: SetupCommand, onProgress: OnProgress): Promise<Attempt<null>> {
  const child = spawn(setup.command, {
    shell: true,
    cwd: setup.cwd,
    env: { ...personEnvironment(process.env), ...setup.env, GIT_TERMINAL_PROMPT: '0' },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const shown: string[] = [];
  const show = (line: string): void => {
    shown.push(line);
    if (shown.length > SHOWN_LINES) shown.shift();
    onProgress(line);
  };
  const drained = Promise.all([readLines(child.stdout, show), readLines(child.stderr, show)]);
  const ending = await waitForEnd(child, setup);
  await Promise.race([drained, delay(DRAIN_MS)]);
  child.stdout.destroy();
  child.stderr.destroy();
  if (ending === null) return attained(null);
  const last = shown.length > 0 ? `\n${shown.join('\n')}` : ' It printed nothing.';
  return failed(
    `The project's setup command \`${setup.command}\` ${ending}. Fix it in the project's settings or in the repository.${last}`,
  );
}

/** How the command failed, or null when it succeeded. */
async function waitForEnd(child: ChildProcess, setup: SetupCommand): Promise<string | null> {
  const stop = new AbortController();
  const exit = once(child, 'exit').then(
    ([code, signal]) =>
      code === 0 ? null : signal ? `was ended by ${String(signal)}` : `ended with exit code ${String(code)}`,
    (error: Error) => `could not be started (${error.message})`,
  );
  const deadline = delay(setup.deadlineMs, `did not end within ${Math.round(setup.deadlineMs / 1000)} s`, {
    signal: stop.signal,
  });
  const aborted = untilAborted(setup.signal, stop.signal);
  const first = await Promise.race([exit, deadline.catch(() => null), aborted]);
  stop.abort();
  if (child.exitCode === null && child.signalCode === null) await killGroup(child, exit);
  return first;
}

async function untilAborted(signal: AbortSignal | undefined, over: AbortSignal): Promise<string> {
  const said = 'was stopped';
  if (signal?.aborted) return said;
  return new Promise((resolve) => {
    signal?.addEventListener('abort', () => resolve(said), { once: true, signal: over });
  });
}

async function killGroup(child: ChildProcess, exit: Promise<unknown>): Promise<void> {
  signalGroup(child, 'SIGTERM');
  await Promise.race([exit, delay(TERM_TO_KILL_MS)]);
  signalGroup(child, 'SIGKILL');
  await exit;
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

async function readLines(stream: Readable, show: (line: string) => void): Promise<void> {
  const lines = createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY });
  lines.on('line', show);
  await once(lines, 'close');
}

// Our own variables may hold the runner's key.
function personEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('QUARTERDECK_')));
}
