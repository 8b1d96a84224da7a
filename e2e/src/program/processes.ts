import { readdir, readFile } from 'node:fs/promises';

interface ProcessEntry {
  readonly pid: number;
  readonly command: string;
}

/** Living children of a process, from /proc. */
export async function childrenOf(parent: number): Promise<ProcessEntry[]> {
  const entries: ProcessEntry[] = [];
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const status = await readFile(`/proc/${name}/status`, 'utf8').catch(() => '');
    if (!status.includes(`\nPPid:\t${parent}\n`) || /\nState:\tZ/.test(status)) continue;
    const command = await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '');
    entries.push({ pid: Number(name), command: command.replaceAll('\0', ' ') });
  }
  return entries;
}

/** Resident memory of a process, MB; 0 when it is gone. */
export async function residentMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/\nVmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024;
}

/** Living processes that were started with this variable, given as `NAME=value`. */
export async function processesWith(variable: string): Promise<number[]> {
  const pids: number[] = [];
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    // Of a zombie it is empty.
    const environment = await readFile(`/proc/${name}/environ`, 'utf8').catch(() => '');
    if (environment.split('\0').includes(variable)) pids.push(Number(name));
  }
  return pids;
}

/** Living processes that carry the marker of a run. */
export function processesOfRun(runId: string): Promise<number[]> {
  return processesWith(`QUARTERDECK_RUN=${runId}`);
}
