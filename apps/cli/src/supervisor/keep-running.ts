import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { pause } from '@quarterdeck/client/pause';

/** A program the supervisor keeps running. */
export interface Program {
  readonly name: string;
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface RestartRules {
  readonly firstDelayMs: number;
  readonly mostDelayMs: number;
  /** Whoever lived this long starts again with the first delay. */
  readonly steadyMs: number;
  /** After this long without leaving a program that was told to is killed. */
  readonly graceMs: number;
}

export const RESTART_RULES: RestartRules = {
  firstDelayMs: 100,
  mostDelayMs: 5000,
  steadyMs: 30_000,
  graceMs: 25_000,
};

/** Starting again would not help: the port is taken (EX_TEMPFAIL), or the configuration is wrong (EX_CONFIG). */
export const GIVE_UP_CODES = [75, 78] as const;

export interface KeepRunningDeps {
  readonly rules: RestartRules;
  /** Told of every death that was not asked for and will be followed by a restart. */
  readonly onRestart: (name: string, death: string) => void;
}

export interface KeptProgram {
  /** Exit code once it has left for good: 0 after `stop`, otherwise a code it gave up with. */
  readonly over: Promise<number>;
  /** Asks it to leave, and kills it when it does not. Safe to call twice. */
  readonly stop: () => void;
  /** Ends it at once. */
  readonly kill: () => void;
}

/**
 * Starts a program and starts it again whenever it dies, until it is stopped or gives up with one of GIVE_UP_CODES. The
 * program's standard input stays open as long as this process lives, so that it notices even a SIGKILL of its parent.
 */
export function keepRunning(deps: KeepRunningDeps, program: Program): KeptProgram {
  const stopping = new AbortController();
  const current: { child: ChildProcess | null } = { child: null };
  return {
    over: keepStarting(deps, program, { stopping: stopping.signal, current }),
    stop: () => {
      if (stopping.signal.aborted) return;
      stopping.abort();
      if (current.child) leaveWithin(current.child, deps.rules.graceMs);
    },
    kill: () => {
      stopping.abort();
      current.child?.kill('SIGKILL');
    },
  };
}

interface Keeping {
  readonly stopping: AbortSignal;
  readonly current: { child: ChildProcess | null };
}

async function keepStarting(
  { rules, onRestart }: KeepRunningDeps,
  program: Program,
  keeping: Keeping,
): Promise<number> {
  const { stopping, current } = keeping;
  let delayMs = rules.firstDelayMs;
  for (let starts = 0; !stopping.aborted; starts += 1) {
    const startedAt = performance.now();
    current.child = startProgram(program, starts > 0);
    const death = await deathOf(current.child);
    current.child = null;
    if (stopping.aborted) break;
    if (isGiveUp(death.code)) return death.code;
    if (performance.now() - startedAt >= rules.steadyMs) delayMs = rules.firstDelayMs;
    onRestart(program.name, death.words);
    await pause(delayMs, stopping).catch(() => undefined);
    delayMs = Math.min(rules.mostDelayMs, delayMs * 2);
  }
  return 0;
}

function leaveWithin(child: ChildProcess, graceMs: number): void {
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
  child.once('exit', () => clearTimeout(timer));
}

function startProgram({ file, args, env }: Program, isRestart: boolean): ChildProcess {
  return spawn(process.execPath, [file, ...args], {
    env: { ...env, QUARTERDECK_SUPERVISED: '1', ...(isRestart && { QUARTERDECK_RESTART: '1' }) },
    stdio: ['pipe', 'inherit', 'inherit'],
    // Ctrl-C reaches every process of the terminal's group; a child that also got our SIGTERM would take it for a second one.
    detached: process.platform !== 'win32',
  });
}

interface Death {
  readonly code: number | null;
  readonly words: string;
}

async function deathOf(child: ChildProcess): Promise<Death> {
  try {
    const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
    return { code, words: signal ? `was ended by ${signal}` : `left with exit code ${code}` };
  } catch (cause) {
    return { code: null, words: `could not be started: ${(cause as Error).message}` };
  }
}

function isGiveUp(code: number | null): code is (typeof GIVE_UP_CODES)[number] {
  return GIVE_UP_CODES.some((each) => each === code);
}
