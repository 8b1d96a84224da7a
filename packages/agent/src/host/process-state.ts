import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A process as the kernel sees it. `startTime` tells two processes with the same pid apart. */
export interface ProcessState {
  readonly startTime: string;
  readonly isZombie: boolean;
  readonly groupId: number;
}

/** State of a process, or null when there is none with that pid. A zombie is dead but not yet reaped. */
export async function readProcessState(pid: number): Promise<ProcessState | null> {
  return process.platform === 'linux' ? readFromProc(pid) : readFromPs(pid);
}

async function readFromProc(pid: number): Promise<ProcessState | null> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  if (stat === null) return null;
  // The name in parentheses may itself hold blanks and parentheses; the fields after the last one are fixed.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, , groupId] = fields;
  return { startTime: fields[19] ?? '', isZombie: state === 'Z' || state === 'X', groupId: Number(groupId) };
}

async function readFromPs(pid: number): Promise<ProcessState | null> {
  const env = { ...process.env, LC_ALL: 'C' };
  const found = await run('ps', ['-o', 'state=,pgid=,lstart=', '-p', String(pid)], { env }).catch(() => null);
  const [, state, groupId, startTime] = found?.stdout.trim().match(/^(\S+)\s+(\d+)\s+(.+)$/) ?? [];
  if (state === undefined || startTime === undefined) return null;
  return { startTime, isZombie: state.startsWith('Z'), groupId: Number(groupId) };
}

/** Identifies this boot of the machine; null where the system does not say. */
export async function readBootId(): Promise<string | null> {
  const id = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => null);
  return id?.trim() ?? null;
}
