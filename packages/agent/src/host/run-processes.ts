import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { RUN_MARKER } from './agent-env.ts';
import { readProcessState } from './process-state.ts';

const run = promisify(execFile);
const POLL_MS = 50;

/**
 * Live processes that carry the marker of a run, whatever group or session they moved to. Zombies are dead. A process
 * keeps the environment it was started with, so only one that was started with a cleared environment escapes.
 */
export async function listRunProcesses(runId: string): Promise<number[]> {
  const pids = process.platform === 'linux' ? await markedInProc(runId) : await markedInPs(runId);
  const states = await Promise.all(pids.map((pid) => readProcessState(pid)));
  return pids.filter((_, index) => states[index] !== null && states[index]?.isZombie === false);
}

/** Kills every process of a run and resolves true when none is left, or false when some outlived `deadlineMs`. */
export async function killRunProcesses(runId: string, deadlineMs: number): Promise<boolean> {
  const deadline = performance.now() + deadlineMs;
  for (;;) {
    // Each round looks anew: a process may have forked between the look and the kill.
    const pids = await listRunProcesses(runId);
    if (pids.length === 0) return true;
    for (const pid of pids) signal(pid, 'SIGKILL');
    if (performance.now() > deadline) return false;
    await wait(POLL_MS);
  }
}

/** Signals a process, or a group when negative. A process that is gone is no error. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    const code = error instanceof Error ? Reflect.get(error, 'code') : null;
    if (code !== 'ESRCH' && code !== 'EPERM') throw error;
  }
}

async function markedInProc(runId: string): Promise<number[]> {
  const names = await readdir('/proc');
  const pids = names.map(Number).filter((pid) => Number.isInteger(pid) && pid !== process.pid);
  const marker = `${RUN_MARKER}=${runId}\0`;
  const marked = await Promise.all(
    pids.map(async (pid) => {
      // Unreadable: another user's process, or gone by now.
      const environ = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
      return `\0${environ}`.includes(`\0${marker}`);
    }),
  );
  return pids.filter((_, index) => marked[index]);
}

async function markedInPs(runId: string): Promise<number[]> {
  const found = await run('ps', ['-axwwE', '-o', 'pid=,command='], { maxBuffer: 64 * 1024 * 1024 }).catch(
    () => null,
  );
  const lines = found?.stdout.split('\n') ?? [];
  return lines
    .filter((line) => line.includes(` ${RUN_MARKER}=${runId}`))
    .map((line) => Number.parseInt(line, 10))
    .filter((pid) => Number.isInteger(pid) && pid !== process.pid);
}
