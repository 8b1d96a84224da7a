import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Living processes that were started with `entry` as one of their arguments or as one `NAME=value` of their environment. */
export async function findProcesses(entry: string): Promise<readonly number[]> {
  return process.platform === 'linux' ? findInProc(entry) : findWithPs(entry);
}

async function findInProc(entry: string): Promise<number[]> {
  const pids = (await readdir('/proc')).map(Number).filter(Number.isInteger);
  const isMatch = await Promise.all(pids.map((pid) => carries(pid, entry)));
  return pids.filter((_, index) => isMatch[index]);
}

async function carries(pid: number, entry: string): Promise<boolean> {
  // One that died meanwhile, or is dead and not reaped, has neither; another user's environment is not ours to read.
  const read = (file: string): Promise<string> => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '');
  const texts = await Promise.all([read('cmdline'), read('environ')]);
  return texts.some((text) => text.split('\0').includes(entry));
}

async function findWithPs(entry: string): Promise<number[]> {
  const listing = await run('ps', ['-axwwEo', 'pid=,command='], { maxBuffer: 64 * 1024 * 1024 });
  return listing.stdout.split('\n').flatMap((line) => {
    const [, pid, text] = line.match(/^\s*(\d+)\s(.*)$/) ?? [];
    return text !== undefined && `${text} `.includes(` ${entry} `) ? [Number(pid)] : [];
  });
}
