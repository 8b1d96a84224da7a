// git believes an object by its name when it reads: whoever can write to the object store can put other content under it. Nothing is
// kept or landed before the ids of all that was changed were computed from the content anew, in every view a git takes of the store.
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { git, gitReason, type Place } from './git.ts';
import { isId } from './refs.ts';
import { type Attempt, attained, failed } from './workspace.ts';

interface Rehashed {
  /** Where the objects are read. */
  readonly place: Place;
  /** Null when all that a commit holds is new. */
  readonly from: string | null;
  readonly to: string;
}

const PATIENCE = { timeoutMs: 30 * 60_000 };

/** Whether every object that differs between two commits, and on the way from one to the other, is what its name says. */
export async function rehash({ place, from, to }: Rehashed): Promise<Attempt<null>> {
  if (from === to) return attained(null);
  const listed = await listChanged({ place, from, to });
  return listed.ok ? rehashObjects(place, listed.value) : listed;
}

/** The same for objects by their ids. */
export async function rehashObjects(place: Place, ids: readonly string[]): Promise<Attempt<null>> {
  const parent = join(place.env.GIT_DIR ?? place.cwd, 'rehash');
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(join(parent, 'pack-'));
  try {
    return await packAndIndex(place, folder, ids);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Both sides of every change, with the trees that lead there: what is the same by name on both sides is nobody's change. */
async function listChanged({ place, from, to }: Rehashed): Promise<Attempt<readonly string[]>> {
  const raw = ['-r', '-t', '--raw', '--no-renames', '--no-abbrev', '--ignore-submodules=none'];
  const range = from === null ? [to] : [`${from}..${to}`];
  const log = ['log', '-m', '--root', '--no-show-signature', '--no-ext-diff', '--no-textconv', ...raw];
  const [steps, whole] = await Promise.all([
    git(place, [...log, '--format=%H %T %P', '--end-of-options', ...range, '--'], PATIENCE),
    from === null ? null : git(place, ['diff-tree', ...raw, '--end-of-options', from, to, '--'], PATIENCE),
  ]);
  for (const answer of [steps, whole])
    if (answer !== null && answer.code !== 0) return failed(damaged(gitReason(answer)));
  const { ids, commits } = readChanged(`${steps.stdout}\n${whole?.stdout ?? ''}`);
  const all = [...commits, to, ...(from === null ? [] : [from])];
  return findThere(place, all.flatMap((id) => [id, `${id}^{tree}`]).concat(ids));
}

/** The commits and the objects in lines of `log --raw`. A submodule's commit is not an object of this repository. */
function readChanged(text: string): { ids: readonly string[]; commits: readonly string[] } {
  const lines = text.split('\n').map((line) => line.split(/[ \t]/));
  const changed = lines.filter(([first = '']) => first.startsWith(':'));
  return {
    ids: changed.flatMap(([oldMode, newMode, old = '', next = '']) => [
      ...(oldMode === ':160000' ? [] : [old]),
      ...(newMode === '160000' ? [] : [next]),
    ]),
    commits: lines
      .filter(([first = '']) => isId(first))
      .flatMap(([commit = '', , ...parents]) => [commit, ...parents].filter(isId)),
  };
}

/** The ids of what is there: a clone can lack objects, which then cannot be forged. */
async function findThere(place: Place, names: readonly string[]): Promise<Attempt<readonly string[]>> {
  const input = names
    .filter((name) => !/^0+$/.test(name))
    .map((name) => `${name}\n`)
    .join('');
  const answer = await git(place, ['cat-file', '--batch-check=%(objectname)'], { input, ...PATIENCE });
  if (answer.code !== 0) return failed(damaged(gitReason(answer)));
  const lines = new Set(answer.stdout.split('\n'));
  // git calls the files of a commit missing, too, when it sees that they are something else.
  const bad = [...lines].find(
    (line) => line.endsWith('^{tree} missing') && !lines.has(line.replace('^{tree}', '')),
  );
  return bad === undefined ? attained([...lines].filter(isId)) : failed(damaged(bad));
}

// A git reads through an index over many packs or through that of each pack, and they can disagree.
const VIEWS = ['true', 'false'];

async function packAndIndex(place: Place, folder: string, ids: readonly string[]): Promise<Attempt<null>> {
  const input = ids.map((id) => `${id}\n`).join('');
  const packed = await Promise.all(
    VIEWS.map(async (view) => {
      const args = ['pack-objects', '--quiet', '--window=0', '--compression=0', join(folder, view)];
      const answer = await git(place, ['-c', `core.multiPackIndex=${view}`, ...args], { input, ...PATIENCE });
      return { answer, pack: `${join(folder, view)}-${answer.stdout.trim()}.pack` };
    }),
  );
  for (const { answer } of packed) if (answer.code !== 0) return failed(damaged(gitReason(answer)));
  const indexed = packed.flatMap(({ pack }, at) =>
    VIEWS.map(async (view) => {
      const index = join(folder, `${at}-${view}.idx`);
      const args = ['-c', `core.multiPackIndex=${view}`, 'index-pack', '--no-rev-index', '-o', index, pack];
      // It computes the ids, and compares with what the repository has under them.
      const answer = await git(place, args, PATIENCE);
      if (answer.code !== 0) return gitReason(answer);
      const found = await readIds(index, ids[0]?.length ?? 40);
      const missing = ids.find((id) => !found.has(id));
      return missing === undefined ? null : `what is stored as ${missing} is something else`;
    }),
  );
  const whyNot = (await Promise.all(indexed)).find((reason) => reason !== null);
  return whyNot === undefined ? attained(null) : failed(damaged(whyNot));
}

const FANOUT_START = 8;
const IDS_START = FANOUT_START + 256 * 4;

/** The ids in the index of a pack. */
async function readIds(path: string, length: number): Promise<ReadonlySet<string>> {
  const bytes = await readFile(path);
  const count = bytes.readUInt32BE(IDS_START - 4);
  const size = length / 2;
  return new Set(
    Array.from({ length: count }, (_, at) =>
      bytes.toString('hex', IDS_START + at * size, IDS_START + (at + 1) * size),
    ),
  );
}

function damaged(reason: string): string {
  return `objects of the repository are damaged or forged: ${reason.replace(/\.$/, '')}. To see which, run git fsck --full there; to have them back, fetch them anew from where they came from`;
}
