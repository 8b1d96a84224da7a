import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { readJournal } from '@quarterdeck/agent/host/connection';
import type { TaskId } from '@quarterdeck/contract/ids';
import type { RunFolder } from './run-folder.ts';

/** How many tasks keep the home of their agent; a session whose home is gone starts afresh. */
const KEPT_HOMES = 40;

function homesFolder(runnerHome: string): string {
  return join(runnerHome, 'homes');
}

/**
 * Keeps the home of a run's agent for the next attempt at the task, when its session can be gone on with: that is where agents write
 * their sessions down. One a task, and the oldest go when there are many.
 */
export async function keepAgentHome(runnerHome: string, taskId: TaskId, folder: RunFolder): Promise<void> {
  if (!existsSync(folder.agentHome) || !(await canResume(folder.path))) return;
  await rm(join(folder.agentHome, '.cache'), { recursive: true, force: true, maxRetries: 3 });
  const kept = join(homesFolder(runnerHome), taskId);
  await mkdir(dirname(kept), { recursive: true, mode: 0o700 });
  await rm(kept, { recursive: true, force: true, maxRetries: 3 });
  await rename(folder.agentHome, kept);
  await boundHomes(homesFolder(runnerHome), KEPT_HOMES);
}

/** Gives the home of an earlier attempt to a run that has none yet. Nothing happens when it was not kept. */
export async function takeAgentHome(runnerHome: string, taskId: TaskId, folder: RunFolder): Promise<void> {
  if (existsSync(folder.agentHome)) return;
  await rename(join(homesFolder(runnerHome), taskId), folder.agentHome).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    },
  );
}

async function canResume(runDir: string): Promise<boolean> {
  for await (const { entry } of readJournal(runDir, 0)) if (entry.kind === 'session') return entry.canResume;
  return false;
}

async function boundHomes(homes: string, keep: number): Promise<void> {
  const names = await readdir(homes);
  if (names.length <= keep) return;
  const ages = await Promise.all(
    names.map(async (name) => ({ name, at: (await stat(join(homes, name))).ctimeMs })),
  );
  const surplus = ages.sort((a, b) => b.at - a.at).slice(keep);
  for (const { name } of surplus)
    await rm(join(homes, name), { recursive: true, force: true, maxRetries: 3 });
}
