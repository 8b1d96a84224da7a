// Ends what a run left behind when its host could not: nothing of a run may live on after its report.
import { setTimeout as wait } from 'node:timers/promises';
import { isHostAlive } from '@quarterdeck/agent/host/connection';
import { readIdentity } from '@quarterdeck/agent/host/identity';
import { killRunProcesses, signal } from '@quarterdeck/agent/host/run-processes';
import type { TaskId } from '@quarterdeck/contract/ids';
import { findProcesses } from './find-processes.ts';
import type { RunFolder } from './run-folder.ts';

const HOST_PATIENCE_MS = 5_000;
const DEATH_DEADLINE_MS = 15_000;
const POLL_MS = 50;

/** Gives a host that has written its last line a moment to leave, then kills it; one that is still starting at once. */
export async function endHost(folder: RunFolder): Promise<void> {
  const deadline = performance.now() + HOST_PATIENCE_MS;
  while (await isHostAlive(folder.path)) {
    if (performance.now() > deadline) await killHost(folder);
    await wait(POLL_MS);
  }
  // Known by its argument, because it has not yet said who it is.
  for (const pid of await findProcesses(folder.path)) signal(pid, 'SIGKILL');
}

/** Kills the host at once, if it lives. Its agent is left to `endAgent`. */
export async function killHost(folder: RunFolder): Promise<void> {
  if (!(await isHostAlive(folder.path))) return;
  const identity = await readIdentity(folder.path);
  if (identity !== null) signal(identity.pid, 'SIGKILL');
}

/** Kills every process of the run's agent and resolves when none is left. Throws when some survive for 15 s. */
export async function endAgent(folder: RunFolder): Promise<void> {
  if (await killRunProcesses(folder.runId, DEATH_DEADLINE_MS)) return;
  throw new Error(`Processes of run ${folder.runId} do not die.`);
}

/**
 * Kills the setup command of a task that a killed runner left behind: two at once would spoil the workspace. It carries its
 * task in its environment.
 */
export async function endSetup(taskId: TaskId): Promise<void> {
  const deadline = performance.now() + DEATH_DEADLINE_MS;
  for (;;) {
    const pids = await findProcesses(`QUARTERDECK_TASK=${taskId}`);
    if (pids.length === 0) return;
    if (performance.now() > deadline) throw new Error(`The setup command of ${taskId} does not die.`);
    for (const pid of pids) signal(pid, 'SIGKILL');
    await wait(POLL_MS);
  }
}
