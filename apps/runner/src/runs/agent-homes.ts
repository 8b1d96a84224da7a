// The home of an agent lies at one place for as long as its task needs it: agents write down where their sessions lie. Beside the run
// folders, not in one, so that nothing of a run is found from $HOME.
import { existsSync } from 'node:fs';
import { lstat, readdir, rename, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { clearAway } from '@quarterdeck/agent/home/clear-away';
import { placeFolder } from '@quarterdeck/agent/home/place';
import { readJournal } from '@quarterdeck/agent/host/connection';
import { TaskId } from '@quarterdeck/contract/ids';
import type { RunOrder } from '@quarterdeck/contract/runner-protocol';
import type { RunFolder } from './run-folder.ts';

type Owner = Pick<RunOrder, 'taskId' | 'runId' | 'profile' | 'purpose'>;

/** Where the agent of a run is at home: one place for all attempts at the task by this agent, and one for each review. */
export function agentHomeOf(runnerHome: string, { taskId, runId, profile, purpose }: Owner): string {
  const ofAgent = `${taskId}.${profile.replaceAll(/[^a-z0-9-]/g, '_')}`;
  return join(homesFolder(runnerHome), purpose === 'work' ? ofAgent : `${ofAgent}.${runId}`);
}

/** Before a launch: an attempt that goes on with a session finds the home as it was, every other begins with an empty one. */
export async function openAgentHome(
  runnerHome: string,
  order: Owner & Pick<RunOrder, 'resume'>,
): Promise<string> {
  const home = agentHomeOf(runnerHome, order);
  await placeFolder(runnerHome, 'homes');
  const ofPreviousBuild = join(homesFolder(runnerHome), order.taskId);
  if (order.resume === null) await clearAway(home);
  else if (!existsSync(home) && existsSync(ofPreviousBuild)) await rename(ofPreviousBuild, home);
  return home;
}

/** After a run: its home stays for the next attempt when its session can be gone on with. A reviewer starts afresh each time. */
export async function settleAgentHome(runnerHome: string, order: Owner, folder: RunFolder): Promise<void> {
  const home = agentHomeOf(runnerHome, order);
  // A run that the previous build started has its home in its folder.
  const inFolder = join(folder.path, 'home');
  if (!existsSync(home) && existsSync(inFolder)) {
    await placeFolder(runnerHome, 'homes');
    await rename(inFolder, home);
  }
  // Its agent may have put a link in its place, which must lead nobody out.
  const isWhole = (await lstat(home).catch(() => null))?.isDirectory() ?? false;
  if (!isWhole || order.purpose === 'review' || !(await canResume(folder.path))) return clearAway(home);
  await clearAway(join(home, '.cache'));
  await utimes(home, new Date(), new Date());
}

/** Deletes every home that agents have for a task. */
export async function forgetHomesOf(runnerHome: string, taskId: TaskId): Promise<void> {
  const names = await readdir(homesFolder(runnerHome)).catch(() => []);
  for (const name of names) if (taskOf(name) === taskId) await clearAway(join(homesFolder(runnerHome), name));
}

/** The tasks that homes are kept for. */
export async function tasksWithHomes(runnerHome: string): Promise<readonly TaskId[]> {
  const names = await readdir(homesFolder(runnerHome)).catch(() => []);
  return [...new Set(names.flatMap((name) => taskOf(name) ?? []))];
}

export interface HomeBounds {
  readonly keep: number;
  readonly longestMs: number;
}
/** Of tasks that have come to rest. */
export const HOME_BOUNDS: HomeBounds = { keep: 40, longestMs: 30 * 24 * 60 * 60_000 };

/** Deletes the homes of resting tasks that are too old or too many. The home of a task that somebody may still send back always stays. */
export async function boundHomes(
  runnerHome: string,
  resting: ReadonlySet<TaskId>,
  { keep, longestMs }: HomeBounds = HOME_BOUNDS,
): Promise<void> {
  const names = (await readdir(homesFolder(runnerHome)).catch(() => [])).filter((name) => {
    const taskId = taskOf(name);
    return taskId !== null && resting.has(taskId);
  });
  const ages = await Promise.all(
    names.map(async (name) => ({
      name,
      at: (await stat(join(homesFolder(runnerHome), name)).catch(() => null))?.mtimeMs ?? 0,
    })),
  );
  const oldest = Date.now() - longestMs;
  const surplus = ages.sort((a, b) => b.at - a.at).filter(({ at }, index) => index >= keep || at < oldest);
  for (const { name } of surplus) await clearAway(join(homesFolder(runnerHome), name));
}

function homesFolder(runnerHome: string): string {
  return join(runnerHome, 'homes');
}

function taskOf(name: string): TaskId | null {
  return TaskId.safeParse(name.split('.')[0]).data ?? null;
}

async function canResume(runDir: string): Promise<boolean> {
  let can = false;
  // A run can open a second session when the first does not work; the last one counts.
  for await (const { entry } of readJournal(runDir, 0)) if (entry.kind === 'session') can = entry.canResume;
  return can;
}
