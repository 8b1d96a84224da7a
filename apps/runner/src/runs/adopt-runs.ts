import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isHostAlive } from '@quarterdeck/agent/host/connection';
import { RunId } from '@quarterdeck/contract/ids';
import type { RunDeps } from './live-run.ts';
import type { StoredOrder } from './run-folder.ts';
import { type RunFolder, readOrder, runFolder } from './run-folder.ts';

export interface FoundRun {
  readonly folder: RunFolder;
  readonly stored: StoredOrder;
}

/**
 * The runs an earlier runner left on disk, wherever in their life. What it had begun to write down or to delete when it was
 * killed is removed: the server was told of neither.
 */
export async function findStoredRuns(
  deps: Pick<RunDeps, 'runnerHome' | 'log'>,
): Promise<readonly FoundRun[]> {
  const root = join(deps.runnerHome, 'runs');
  await mkdir(root, { recursive: true, mode: 0o700 });
  const found: FoundRun[] = [];
  for (const name of await readdir(root)) {
    const runId = RunId.safeParse(name);
    if (!runId.success) continue;
    const folder = runFolder(deps.runnerHome, runId.data);
    const stored = await readOrder(folder);
    if (stored !== null) found.push({ folder, stored });
    else if (await isHostAlive(folder.path))
      deps.log(`${name} has a living agent host but no order; left alone.`);
    else await rm(folder.path, { recursive: true, force: true });
  }
  return found;
}
