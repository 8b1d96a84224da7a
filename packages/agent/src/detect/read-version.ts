import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';

export interface VersionQuestion {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly deadlineMs: number;
  /** Nobody wants the answer any more. */
  readonly signal?: AbortSignal | undefined;
}

const OUTPUT_LIMIT = 16 * 1024;

export interface VersionAnswer {
  /** Null when it says none in time. */
  readonly version: string | null;
  /** Why it cannot start, in its own words; null when it did, or nobody waited for it. */
  readonly fault: string | null;
}

const NO_ANSWER: VersionAnswer = { version: null, fault: null };

/** The version a program says it has. Its whole process group is gone afterwards. */
export async function readVersion(question: VersionQuestion): Promise<VersionAnswer> {
  const child = spawn(question.program, question.args, {
    env: question.env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { text: '' };
  const listen = (chunk: Buffer): void => {
    if (said.text.length < OUTPUT_LIMIT) said.text += chunk.toString();
  };
  child.stdout.on('data', listen);
  child.stderr.on('data', listen);
  const answered = new AbortController();
  const closed = once(child, 'close').then(
    ([code]: readonly unknown[]) => ({ code }),
    () => null,
  );
  const signal = AbortSignal.any([answered.signal, ...(question.signal ? [question.signal] : [])]);
  const deadline = delay(question.deadlineMs, null, { signal }).catch(() => null);
  const end = await Promise.race([closed, deadline]);
  answered.abort();
  killGroup(child);
  return end === null ? NO_ANSWER : understood(said.text, end.code);
}

function understood(text: string, code: unknown): VersionAnswer {
  const version = /\d+\.\d+(\.\d+)?(-[\w.]+)?/.exec(text)?.[0] ?? null;
  const isBroken = code !== 0 && code !== null;
  const said = text.split('\n').find((line) => line.trim() !== '');
  return isBroken
    ? { version: null, fault: (said ?? `it left with exit code ${code}`).trim().slice(0, 300) }
    : { version, fault: null };
}

// Also after an answer: some agents leave an updater behind.
function killGroup(child: ChildProcess): void {
  child.stdout?.destroy();
  child.stderr?.destroy();
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
