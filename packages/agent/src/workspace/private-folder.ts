// A private git folder: outside every workspace, with an index, a HEAD, settings and attributes of its own. Everything that is
// computed about files or objects goes through one, because agents can write to the project's git folder and to their own `.git`.
import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { git, gitReason, type Place } from './git.ts';
import type { PersonSettings } from './person-settings.ts';
import { isId } from './refs.ts';
import { identity, isolation, type Repository } from './repository.ts';

/** Whose objects a private folder reads and writes: those of a repository, or its own. */
export interface Ownership {
  readonly person: PersonSettings;
  /** Null for a folder with objects of its own. */
  readonly repository: Repository | null;
}

// A text file stays one in review, whatever the attributes in the tree say of it.
const ATTRIBUTES = '* !diff\n';
const SETTINGS_FILE = 'person.config';
const INERT_SETTINGS_FILE = 'inert.config';
const LARGEST_LIST_BYTES = 1024 * 1024;

/** Makes the folder unless it is there, and brings the settings of the person in it up to date. A killed attempt leaves nothing usable. */
export async function makePrivateFolder(folder: string, owner: Ownership): Promise<void> {
  if (!(await isThere(join(folder, 'HEAD')))) await make(folder, owner);
  await writeIfNew(join(folder, SETTINGS_FILE), owner.person.text);
  await writeIfNew(join(folder, INERT_SETTINGS_FILE), owner.person.inertText);
}

/** Takes over how deep a shallow clone is, which a person may change at any time between two runs. */
export async function takeOverDepth(folder: string, repository: Repository): Promise<void> {
  const shallow = await readPlain(join(repository.commonDir, 'shallow'));
  const ends =
    shallow === null ? [] : await findRealEnds(folder, repository, shallow.split('\n').filter(isId));
  if (ends.length === 0) await rm(join(folder, 'shallow'), { force: true });
  else await writeIfNew(join(folder, 'shallow'), ends.map((id) => `${id}\n`).join(''));
}

/** Where the history of a shallow clone really ends: at commits whose parents are not there. An agent can name any commit an end. */
async function findRealEnds(
  folder: string,
  repository: Repository,
  ids: readonly string[],
): Promise<readonly string[]> {
  const plain = privatePlace(folder, { repository, person: repository.person }, null);
  const place = { ...plain, env: { ...plain.env, GIT_SHALLOW_FILE: join(folder, 'no-shallow') } };
  const listed = await git(place, ['cat-file', '--batch'], { input: ids.map((id) => `${id}\n`).join('') });
  const parentsOf = new Map<string, readonly string[]>();
  for (const text of listed.stdout.split(/^(?=[0-9a-f]{40,64} commit \d+$)/m)) {
    const head = text.slice(0, text.indexOf('\n\n'));
    parentsOf.set(
      text.slice(0, text.indexOf(' ')),
      [...head.matchAll(/^parent ([0-9a-f]+)$/gm)].map(([, id = '']) => id),
    );
  }
  const parents = [...parentsOf.values()].flat();
  const checked = await git(place, ['cat-file', '--batch-check'], {
    input: parents.map((id) => `${id}\n`).join(''),
  });
  const missing = new Set([...checked.stdout.matchAll(/^([0-9a-f]+) missing$/gm)].map(([, id = '']) => id));
  return ids.filter((id) => parentsOf.get(id)?.some((parent) => missing.has(parent)) ?? false);
}

/** A place where git knows nothing but the private folder, the objects that belong to it, and the files of `workTree`. */
export function privatePlace(folder: string, owner: Ownership, workTree: string | null): Place {
  const { repository, person } = owner;
  return {
    cwd: workTree ?? folder,
    env: {
      GIT_DIR: folder,
      ...(workTree === null ? {} : { GIT_WORK_TREE: workTree }),
      ...(repository === null ? {} : { GIT_OBJECT_DIRECTORY: join(repository.commonDir, 'objects') }),
      ...isolation(join(folder, SETTINGS_FILE)),
      ...identity(person),
    },
  };
}

/** The same place where git starts no program of anybody's: looking at changes must not run a thing. */
export function inertPlace(folder: string, place: Place): Place {
  return { ...place, env: { ...place.env, ...isolation(join(folder, INERT_SETTINGS_FILE)) } };
}

async function make(folder: string, owner: Ownership): Promise<void> {
  await mkdir(dirname(folder), { recursive: true, mode: 0o700 });
  const unfinished = `${folder}.making-${randomUUID()}`;
  const place = { cwd: dirname(folder), env: { GIT_DIR: unfinished, ...isolation('/dev/null') } };
  const format = owner.repository?.objectFormat || 'sha1';
  const made = await git(place, [
    ...['init', '--quiet', '--template=', `--object-format=${format}`],
    ...['--initial-branch=quarterdeck', '--', unfinished],
  ]);
  if (made.code !== 0) throw new Error(`A private git folder could not be made: ${gitReason(made)}`);
  await mkdir(join(unfinished, 'info'), { recursive: true });
  await writeFile(join(unfinished, 'info/attributes'), ATTRIBUTES);
  await writeFile(join(unfinished, 'info/exclude'), '');
  // Another one may have made it meanwhile; what has no HEAD is the rest of something that was deleted half-way.
  await rename(unfinished, folder).catch(async () => {
    if (!(await isThere(join(folder, 'HEAD')))) {
      await rm(folder, { recursive: true, force: true });
      await rename(unfinished, folder);
    } else await rm(unfinished, { recursive: true, force: true });
  });
}

/** The text of a file that agents may have written: no link is followed, nothing waits, and what is too large counts as missing. */
export async function readPlain(path: string, most = LARGEST_LIST_BYTES): Promise<string | null> {
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const file = await open(path, flags).catch(() => null);
  if (file === null) return null;
  try {
    const found = await file.stat();
    return found.isFile() && found.size <= most ? await file.readFile('utf8') : null;
  } finally {
    await file.close();
  }
}

/** Replaces a file in one step; whatever was there under its name, also a link, is gone and was not written through. */
export async function replaceFile(path: string, content: string): Promise<void> {
  const unfinished = `${path}.${randomUUID()}`;
  await writeFile(unfinished, content, { flag: 'wx' });
  await rename(unfinished, path);
}

async function writeIfNew(path: string, content: string): Promise<void> {
  if ((await readFile(path, 'utf8').catch(() => null)) !== content) await replaceFile(path, content);
}

async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
