import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { findOwnProcesses, isAlive, killAtOnce } from '../../src/reliability/find-processes.ts';

const STAGE = /^\.stage-(\d+)$/;

/** A folder below `cache` with everything one run of the matrix writes; it is removed in the end. */
export interface StageFolder extends AsyncDisposable {
  readonly path: string;
  /** Processes that have this folder in their arguments, environment or working directory. */
  readonly processes: () => Promise<readonly number[]>;
}

/** Makes the folder of this run, after what runs that were killed left behind is gone. */
export async function openStageFolder(cache: string): Promise<StageFolder> {
  await mkdir(cache, { recursive: true });
  for (const name of await readdir(cache)) {
    const [, pid] = STAGE.exec(name) ?? [];
    if (pid !== undefined && !isAlive(Number(pid))) await clear(join(cache, name));
  }
  const path = join(cache, `.stage-${process.pid}`);
  await mkdir(path);
  return { path, processes: () => processesIn(path), [Symbol.asyncDispose]: () => clear(path) };
}

async function processesIn(path: string): Promise<readonly number[]> {
  const found = await findOwnProcesses(path);
  return found.map(({ pid }) => pid).filter((pid) => pid !== process.pid);
}

async function clear(path: string): Promise<void> {
  for (const pid of await processesIn(path)) killAtOnce(pid);
  await rm(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}
