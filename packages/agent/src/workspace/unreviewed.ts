// A base branch can be moved by a landing, by the person and by every agent, and what git notes of it an agent can write too. Only the
// landings are known for sure: the runner notes them before it makes them.
import { appendFile, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { git, type Place } from './git.ts';
import { readPlain } from './private-folder.ts';
import { projectNote } from './project-notes.ts';
import type { Repository } from './repository.ts';

interface Spot {
  readonly trees: string;
  readonly repository: Repository;
  /** Where committed objects are read. */
  readonly place: Place;
}

const LARGEST_NOTE_BYTES = 64 * 1024 * 1024;

/** Notes what a landing is about to bring into the base branch. */
export async function noteLanding(
  { trees, repository }: Omit<Spot, 'place'>,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<void> {
  const note = projectNote(trees, repository, 'landings');
  await mkdir(dirname(note), { recursive: true });
  await appendFile(note, `${from} ${to}\n`);
}

interface Stretch {
  /** Where the base branch was when the run began. */
  readonly was: string;
  /** Where it is, or where the work left it. */
  readonly is: string;
  /** The last commit of the work. */
  readonly head: string;
}

/** Commits that the work and the base branch both have, that came into the base branch since, and that nobody landed. */
export async function findUnreviewed(spot: Spot, { was, is, head }: Stretch): Promise<readonly string[]> {
  const there = new Set(await commitsOf(spot.place, was, is));
  const shared =
    there.size === 0 ? [] : (await commitsOf(spot.place, was, head)).filter((id) => there.has(id));
  if (shared.length === 0) return [];
  const landed = await findLandedIds(spot, there);
  return shared.filter((id) => !landed.has(id));
}

async function findLandedIds(
  { trees, repository, place }: Spot,
  there: ReadonlySet<string>,
): Promise<ReadonlySet<string>> {
  const text = await readPlain(projectNote(trees, repository, 'landings'), LARGEST_NOTE_BYTES);
  const landed = new Set<string>();
  for (const line of (text ?? '').split('\n')) {
    const [from = '', to = ''] = line.split(' ');
    if (there.has(to)) for (const id of await commitsOf(place, from, to)) landed.add(id);
  }
  return landed;
}

async function commitsOf(place: Place, from: string, to: string): Promise<readonly string[]> {
  const answer = await git(place, ['rev-list', `${from}..${to}`]);
  return answer.stdout.split('\n').filter((line) => line !== '');
}
