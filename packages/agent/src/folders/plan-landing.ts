import { git, gitReason, type Place } from '../workspace/git.ts';
import { type Attempt, attained, failed } from '../workspace/workspace.ts';
import { type FileState, type Found, findState, isSame, type PathChange } from './file-state.ts';

/** Every path that differs between two commits. */
export async function readPathChanges(
  place: Place,
  base: string,
  head: string,
): Promise<Attempt<readonly PathChange[]>> {
  const answer = await git(
    place,
    ['diff-tree', '-r', '-z', '--raw', '--no-renames', '--no-abbrev', base, head],
    {
      encoding: 'latin1',
    },
  );
  if (answer.code !== 0) return failed(`git cannot compare the two states: ${gitReason(answer)}.`);
  const parts = answer.stdout.split('\0');
  const changes: PathChange[] = [];
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const [oldMode = '', newMode = '', oldId = '', newId = ''] = (parts[at] ?? '').slice(1).split(' ');
    changes.push({ name: parts[at + 1] ?? '', from: stateOf(oldMode, oldId), to: stateOf(newMode, newId) });
  }
  return attained(changes);
}

function stateOf(mode: string, id: string): FileState | null {
  return mode === '100644' || mode === '100755' || mode === '120000' ? { mode, id } : null;
}

export interface LandingPlan {
  /** What is still to be done, in any order. */
  readonly changes: readonly PathChange[];
  /** Paths that somebody else has changed since. */
  readonly conflicts: readonly string[];
}

/**
 * Three states of every path are compared: as the work began, as it ended, and as it is in the folder now. Only what is as it was when the
 * work began may be replaced.
 */
export async function planLanding(folder: string, changes: readonly PathChange[]): Promise<LandingPlan> {
  const namesOf = (isWanted: (change: PathChange) => boolean) =>
    new Set(changes.filter(isWanted).map(({ name }) => name));
  const ways = { leaving: namesOf(({ to }) => to === null), coming: namesOf(({ to }) => to !== null) };
  const plan = { changes: [] as PathChange[], conflicts: [] as string[] };
  for (const change of changes) {
    const now = await seen(folder, change, ways);
    if (isSame(now, change.to)) continue;
    if (isSame(now, change.from)) plan.changes.push(change);
    else plan.conflicts.push(change.name);
  }
  return plan;
}

interface Ways {
  readonly leaving: ReadonlySet<string>;
  readonly coming: ReadonlySet<string>;
}

/** A file that becomes a folder, and the other way round, is out of the way when its own change is done. */
async function seen(folder: string, change: PathChange, { leaving, coming }: Ways): Promise<Found> {
  const now = await findState(folder, change.name);
  if (change.to === null) {
    const isReplaced = now === 'folder' || (now === 'other' && isBelow(change.name, coming));
    return isReplaced ? null : now;
  }
  if (change.from !== null) return now;
  const isLeft = now === 'folder' && [...leaving].some((name) => name.startsWith(`${change.name}/`));
  return isLeft || (now === 'other' && isBelow(change.name, leaving)) ? null : now;
}

function isBelow(name: string, leaving: ReadonlySet<string>): boolean {
  const parts = name.split('/');
  return parts.some((_, depth) => depth > 0 && leaving.has(parts.slice(0, depth).join('/')));
}
