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
