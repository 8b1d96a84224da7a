import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { readProcessState } from './process-state.ts';

interface Lock {
  /** The file that stands for it. */
  readonly path: string;
  /** How long a holder that may be leaving is waited for, ms. */
  readonly patienceMs: number;
  /** What a person is told when the holder stays, given its process id. */
  readonly explain: (pid: string) => string;
}

/** Thrown when another living process keeps the lock; its message is for a person. */
export class LockTaken extends Error {}

/**
 * Makes the calling process the only one that holds a lock file. Waits a little for a holder that is leaving, then throws
 * `LockTaken`. Resolves with the release. A killed holder does not count.
 */
export async function takeLock({ path, patienceMs, explain }: Lock): Promise<() => Promise<void>> {
  const own = `${process.pid} ${(await readProcessState(process.pid))?.startTime ?? ''}`;
  const deadline = performance.now() + patienceMs;
  while (!(await tryLock(path, own))) {
    const holder = await readFile(path, 'utf8').catch(() => '');
    if (!(await isAlive(holder))) await rm(path, { force: true });
    else if (performance.now() > deadline) throw new LockTaken(explain(holder.split(' ')[0] ?? ''));
    else await wait(50);
  }
  return () => rm(path, { force: true });
}

async function tryLock(path: string, own: string): Promise<boolean> {
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, own, { mode: 0o600 });
  try {
    // Linking a written file, because a file that is created first and written then could be read empty in between.
    await link(draft, path);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

async function isAlive(holder: string): Promise<boolean> {
  const [pid, ...startTime] = holder.split(' ');
  const state = pid ? await readProcessState(Number(pid)) : null;
  return state !== null && !state.isZombie && state.startTime === startTime.join(' ');
}
