import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { readProcessState } from '@quarterdeck/agent/host/process-state';

// A runner that is leaving needs a moment when its successor already starts.
const PATIENCE_MS = 10_000;

/**
 * Makes the calling process the only runner of `runnerHome`: two would take the hosts away from each other for ever.
 * Waits a little for one that is leaving, then throws. Resolves with the release. A killed runner's lock does not count.
 */
export async function lockHome(runnerHome: string, patienceMs = PATIENCE_MS): Promise<() => Promise<void>> {
  const path = join(runnerHome, 'runner.lock');
  const own = `${process.pid} ${(await readProcessState(process.pid))?.startTime ?? ''}`;
  const deadline = performance.now() + patienceMs;
  while (!(await tryLock(path, own))) {
    const holder = await readFile(path, 'utf8').catch(() => '');
    if (!(await isAlive(holder))) await rm(path, { force: true });
    else if (performance.now() > deadline) throw new Error(takenMessage(runnerHome, holder));
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

function takenMessage(runnerHome: string, holder: string): string {
  return `Another runner (process ${holder.split(' ')[0]}) already works in ${runnerHome}. Stop it, or give this one a folder of its own with QUARTERDECK_RUNNER_HOME.`;
}
