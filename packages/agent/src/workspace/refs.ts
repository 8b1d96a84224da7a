// Refs of the real repository, by name and id only: nothing here looks into an object, and nothing writes through a link.
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { type GitAnswer, git, type Place } from './git.ts';

/** The id a ref holds; null when there is none. It may name an object that is missing. */
export async function readRef(refs: Place, name: string): Promise<string | null> {
  if (!isRefName(name)) return null;
  const answer = await git(refs, ['rev-parse', '--verify', '--quiet', name]);
  const id = answer.stdout.trim();
  return answer.code === 0 && isId(id) ? id : null;
}

/** The ref that a ref is only another name of; null when it holds an id itself, or is not there. */
export async function readTarget(refs: Place, name: string): Promise<string | null> {
  const answer = await git(refs, ['symbolic-ref', '--quiet', name]);
  return answer.code === 0 ? answer.stdout.trim().replace(/^refs\/heads\//, '') : null;
}

/** All refs whose names begin so, with what they hold. */
export async function listRefs(
  refs: Place,
  prefixes: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const answer = await git(refs, ['for-each-ref', '--format=%(objectname) %(refname)', ...prefixes]);
  const lines = answer.stdout.split('\n').filter((line) => line !== '');
  return new Map(lines.map((line) => [line.slice(line.indexOf(' ') + 1), line.slice(0, line.indexOf(' '))]));
}

export interface RefMove {
  readonly name: string;
  readonly to: string;
  /** Where it must be now; null when it must not exist, undefined when that does not matter. */
  readonly from?: string | null;
  readonly message?: string;
}

/** Moves a ref by compare-and-swap. A ref or its log that would be written through a link is refused. */
export async function moveRef(refs: Place, move: RefMove): Promise<GitAnswer> {
  const link = await findLink(refs, move.name);
  if (link !== null) return refusal(`fatal: ${link} is a link, which git would write through`);
  const message = move.message === undefined ? [] : ['-m', move.message];
  const from = move.from === undefined ? [] : [move.from ?? '0'.repeat(move.to.length)];
  return git(refs, ['update-ref', '--no-deref', ...message, move.name, move.to, ...from]);
}

function refusal(stderr: string): GitAnswer {
  return { code: 128, stdout: '', stderr, isCut: false };
}

/** The first part of a ref's path that is a link, in the git folder or its logs. */
async function findLink(refs: Place, name: string): Promise<string | null> {
  const folder = refs.env.GIT_COMMON_DIR ?? refs.env.GIT_DIR ?? refs.cwd;
  for (const root of ['.', 'logs']) {
    let path = join(folder, root);
    for (const part of name.split('/')) {
      path = join(path, part);
      if (await isLink(path)) return path;
    }
  }
  for (const name of ['logs', 'logs/HEAD', 'reftable'])
    if (await isLink(join(folder, name))) return join(folder, name);
  return null;
}

export async function isLink(path: string): Promise<boolean> {
  return lstat(path).then(
    (found) => found.isSymbolicLink(),
    () => false,
  );
}

export function isId(text: string): boolean {
  return /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(text);
}

// A name with these would be a revision: the ref as it was once, its parent, a range.
function isRefName(name: string): boolean {
  return !/@\{|\.\.|[\s~^:?*[\\\p{Cc}]/u.test(name);
}
