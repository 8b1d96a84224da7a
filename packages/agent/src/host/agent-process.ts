import type { ChildProcessByStdio } from 'node:child_process';
import { spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { PassThrough } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { agentEnv, fillIn } from './agent-env.ts';
import { killRunProcesses, signal } from './run-processes.ts';
import type { HostSpec } from './spec.ts';

const TAIL_BYTES = 16 * 1024;
const POLITE_MS = 3000;
const KILL_DEADLINE_MS = 30_000;

export interface AgentExit {
  readonly code: number | null;
  readonly signal: string | null;
}

/** The agent's program as a process, leader of its own session and group. */
export interface AgentProcess {
  readonly pid: number;
  readonly stdin: Writable;
  readonly stdout: Readable;
  /** The process itself is gone; others it started may live on. */
  readonly exited: Promise<AgentExit>;
  /** Begins to read its standard error. Until then it is kept. */
  readonly readErrors: (onChunk: (chunk: Buffer) => void) => void;
  /** The end of what was read of its standard error; null when it wrote nothing. */
  readonly errorTail: () => string | null;
  /** Asks it to leave the way its profile says, then kills it and everything it started. Safe to call twice. */
  readonly end: () => Promise<AgentExit>;
}

/** What to add for the run, beside what the profile says. */
export interface LaunchExtras {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** Starts the agent in its workspace. Rejects when the program cannot be started. */
export async function startAgent(spec: HostSpec, extras: LaunchExtras): Promise<AgentProcess> {
  const { profile, order } = spec;
  const args = [...profile.args.map((arg) => fillIn(arg, spec)), ...extras.args];
  const child = spawn(profile.command, args, {
    cwd: spec.workspacePath,
    env: { ...agentEnv(spec, process.env), ...extras.env },
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const exited = exitOf(child);
  // Node throws away what nobody reads when a process exits, and this one may exit before its readers are loaded.
  const stdout = child.stdout.pipe(new PassThrough());
  const stderr = child.stderr.pipe(new PassThrough());
  await spawned(child);
  const pid = child.pid ?? 0;
  const tail = keepTail();
  // Writing to an agent that just died; its exit is reported by itself.
  child.stdin.on('error', () => undefined);
  let ending: Promise<AgentExit> | null = null;
  return {
    pid,
    stdin: child.stdin,
    stdout,
    exited,
    readErrors: (onChunk) => {
      stderr.on('data', (chunk: Buffer) => {
        tail.add(chunk);
        onChunk(chunk);
      });
    },
    errorTail: tail.text,
    end: () => {
      ending ??= endAgent(child, exited, { runId: order.runId, exit: profile.exit });
      return ending;
    },
  };
}

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

async function endAgent(
  child: Child,
  exited: Promise<AgentExit>,
  how: { readonly runId: string; readonly exit: 'close-input' | 'signal' },
): Promise<AgentExit> {
  const isGone = (): boolean => child.exitCode !== null || child.signalCode !== null;
  const group = -(child.pid ?? 0);
  child.stdin.end();
  if (how.exit === 'close-input') await Promise.race([exited, wait(POLITE_MS)]);
  // While the leader is not reaped its group's number cannot belong to anyone else; afterwards only the marker is safe.
  if (!isGone()) signal(group, 'SIGTERM');
  await Promise.race([exited, wait(isGone() ? 0 : POLITE_MS)]);
  if (!isGone()) signal(group, 'SIGKILL');
  await killRunProcesses(how.runId, KILL_DEADLINE_MS);
  return exited;
}

function exitOf(child: Child): Promise<AgentExit> {
  const { promise, resolve } = Promise.withResolvers<AgentExit>();
  child.once('exit', (code, signalName) => resolve({ code, signal: signalName }));
  return promise;
}

async function spawned(child: Child): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  child.once('spawn', resolve);
  child.once('error', reject);
  await promise;
  child.off('error', reject);
  child.on('error', () => undefined);
}

function keepTail() {
  let tail: Buffer = Buffer.alloc(0);
  return {
    add: (chunk: Buffer): void => {
      tail = Buffer.concat([tail, chunk.subarray(-TAIL_BYTES)]).subarray(-TAIL_BYTES);
    },
    text: (): string | null => tail.toString('utf8').trim() || null,
  };
}
