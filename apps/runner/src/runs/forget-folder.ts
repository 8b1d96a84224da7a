import { closeSync, existsSync } from 'node:fs';
import { lstat, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { clearAway } from '@quarterdeck/agent/home/clear-away';
import { openToAppend } from '@quarterdeck/agent/home/open-plain';
import type { RunId } from '@quarterdeck/contract/ids';
import type { RunFolder } from './run-folder.ts';

/** How many finished runs keep their log. */
const KEPT_LOGS = 500;

/** Where the logs of forgotten runs are kept. */
export function logsFolder(runnerHome: string): string {
  return join(runnerHome, 'logs');
}

/** Whether the run was here, settled and forgotten: a start that comes again must not start it again. */
export function wasForgotten(runnerHome: string, runId: RunId): boolean {
  return existsSync(join(logsFolder(runnerHome), `${runId}.setup.log`));
}

/** Deletes what is kept of a settled run, but for its logs: the task's log can be read after the run. */
export async function forgetFolder(runnerHome: string, folder: RunFolder): Promise<void> {
  const logs = logsFolder(runnerHome);
  await mkdir(logs, { recursive: true, mode: 0o700 });
  const setupLog = join(logs, `${folder.runId}.setup.log`);
  await moveIfThere(folder.setupLog, setupLog);
  // There even when nothing was prepared, for `wasForgotten`.
  closeSync(openToAppend(setupLog));
  await moveIfThere(`${folder.agentLog}.1`, join(logs, `${folder.runId}.log.1`));
  await moveIfThere(folder.agentLog, join(logs, `${folder.runId}.log`));
  await clearAway(folder.path);
  await boundLogs(logs, KEPT_LOGS);
}

/** Deletes the logs of all but the newest `keep` runs. */
export async function boundLogs(logs: string, keep: number): Promise<void> {
  const files = await readdir(logs);
  const runIds = [...new Set(files.map((file) => file.split('.')[0] ?? file))];
  if (runIds.length <= keep) return;
  const newestOf = async (runId: string) => {
    const ofRun = files.filter((file) => file.startsWith(`${runId}.`));
    const times = await Promise.all(
      ofRun.map((file) => stat(join(logs, file)).then((found) => found.mtimeMs)),
    );
    return { ofRun, newestAt: Math.max(...times) };
  };
  const runs = (await Promise.all(runIds.map(newestOf))).sort((a, b) => b.newestAt - a.newestAt);
  const surplus = runs.slice(keep).flatMap(({ ofRun }) => ofRun);
  await Promise.all(surplus.map((file) => rm(join(logs, file), { force: true })));
}

async function moveIfThere(from: string, to: string): Promise<void> {
  const [folder, found] = await Promise.all(
    [dirname(from), from].map((path) => lstat(path).catch(() => null)),
  );
  // What an agent put in the place of a log is no log, and goes with the folder.
  if (folder?.isDirectory() && found?.isFile() && found.nlink === 1) await rename(from, to);
}
