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

/** The version a program says it has, or null when it says none in time. Its whole process group is gone afterwards. */
export async function readVersion(question: VersionQuestion): Promise<string | null> {
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
    () => true,
    () => false,
  );
  const signal = AbortSignal.any([answered.signal, ...(question.signal ? [question.signal] : [])]);
  const deadline = delay(question.deadlineMs, false, { signal }).catch(() => false);
  const hasAnswered = await Promise.race([closed, deadline]);
  answered.abort();
  killGroup(child);
  return hasAnswered ? (/\d+\.\d+(\.\d+)?(-[\w.]+)?/.exec(said.text)?.[0] ?? null) : null;
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
