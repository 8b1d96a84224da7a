import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Living processes that were started with `argument` as one of their arguments. */
export async function findProcesses(argument: string): Promise<readonly number[]> {
  return process.platform === 'linux' ? findInProc(argument) : findWithPs(argument);
}

async function findInProc(argument: string): Promise<number[]> {
  const pids = (await readdir('/proc')).map(Number).filter(Number.isInteger);
  const isMatch = await Promise.all(
    pids.map(async (pid) => {
      // A process that died meanwhile, or a dead one that was not reaped, has no arguments.
      const text = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
      return text.split('\0').includes(argument);
    }),
  );
  return pids.filter((_, index) => isMatch[index]);
}

async function findWithPs(argument: string): Promise<number[]> {
  const listing = await run('ps', ['-axwwo', 'pid=,command='], { maxBuffer: 64 * 1024 * 1024 });
  return listing.stdout.split('\n').flatMap((line) => {
    const [, pid, text] = line.match(/^\s*(\d+)\s(.*)$/) ?? [];
    return text !== undefined && `${text} `.includes(` ${argument} `) ? [Number(pid)] : [];
  });
}
