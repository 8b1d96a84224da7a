import { execFile } from 'node:child_process';
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { keepWork } from './keep-work.ts';
import { landWork } from './land-work.ts';
import { prepareWorkspace } from './prepare-workspace.ts';
import {
  keepFor,
  landFor,
  orderFor,
  type TemporaryRepository,
  temporaryRepository,
} from './temporary-repository.ts';

const looseOf = (path: string, id: string) => join(path, '.git/objects', id.slice(0, 2), id.slice(2));

/** Puts a loose object under the name of another one. */
async function putLoose(path: string, id: string, raw: Buffer): Promise<void> {
  const file = looseOf(path, id);
  await mkdir(dirname(file), { recursive: true });
  await rm(file, { force: true });
  await writeFile(file, raw);
}

const blob = (text: string) => deflateSync(Buffer.from(`blob ${Buffer.byteLength(text)}\0${text}`));

/** A second pack whose index names the content of one object as another, and an index over all packs that prefers it. */
async function putPack({ path, root, run }: TemporaryRepository, id: string, text: string): Promise<void> {
  const other = join(root, 'other');
  await run(['init', '--quiet', other]);
  await writeFile(join(other, 'f'), text);
  const evil = await run(['hash-object', '-w', 'f'], other);
  const name = await promisify(execFile)('sh', ['-c', `echo ${evil} | git pack-objects -q .git/p`], {
    cwd: other,
  });
  const pack = join(other, `.git/p-${name.stdout.trim()}`);
  const index = await readFile(`${pack}.idx`);
  const forged = Buffer.alloc(index.length, index);
  const first = Number.parseInt(id.slice(0, 2), 16);
  for (let at = 0; at < 256; at += 1) forged.writeUInt32BE(at >= first ? 1 : 0, 8 + at * 4);
  Buffer.from(id, 'hex').copy(forged, 8 + 1024);
  const sum = await promisify(execFile)('sh', [
    '-c',
    'head -c -20 "$1" | sha1sum',
    'x',
    await save(`${pack}.forged`, forged),
  ]);
  Buffer.from(sum.stdout.slice(0, 40), 'hex').copy(forged, forged.length - 20);
  const into = join(path, `.git/objects/pack/pack-${name.stdout.trim()}`);
  await mkdir(dirname(into), { recursive: true });
  await copyFile(`${pack}.pack`, `${into}.pack`);
  await writeFile(`${into}.idx`, forged);
  await run(['multi-pack-index', 'write', `--preferred-pack=pack-${name.stdout.trim()}.idx`]);
}

async function save(path: string, content: Buffer): Promise<string> {
  await writeFile(path, content);
  return path;
}

interface Stage {
  readonly made: TemporaryRepository;
  readonly space: string;
  /** The id of something in what the agent committed, or in what it started from. */
  readonly idOf: (revision: string) => Promise<string>;
}

/** Each is played after the agent has committed `a.txt` (changed) and `d/new.txt` (new) on its branch. */
const FORGERIES: Readonly<Record<string, (stage: Stage) => Promise<unknown>>> = {
  'a new file': async ({ made, idOf }) => putLoose(made.path, await idOf('HEAD:d/new.txt'), blob('nice\n')),
  'a changed file': async ({ made, idOf }) => putLoose(made.path, await idOf('HEAD:a.txt'), blob('nice\n')),
  'what a file was before': async ({ made, idOf }) =>
    putLoose(made.path, await idOf('main:a.txt'), blob('evil\n')),
  'a folder': async ({ made, idOf }) =>
    putLoose(made.path, await idOf('HEAD:d'), await readFile(looseOf(made.path, await idOf('main:e')))),
  'all folders': async ({ made, idOf }) =>
    putLoose(
      made.path,
      await idOf('HEAD^{tree}'),
      await readFile(looseOf(made.path, await idOf('main^{tree}'))),
    ),
  'the folders of the start': async ({ made, idOf }) =>
    putLoose(
      made.path,
      await idOf('main^{tree}'),
      await readFile(looseOf(made.path, await idOf('HEAD^{tree}'))),
    ),
  'a file that a commit in between held': async ({ made, idOf }) =>
    putLoose(made.path, await idOf('HEAD~1:a.txt'), blob('nice\n')),
  'a file in a second pack': async ({ made, idOf }) => putPack(made, await idOf('HEAD:a.txt'), 'evil\n'),
  'a file in a second pack, the first one packed': async ({ made, idOf }) => {
    const id = await idOf('HEAD:a.txt');
    await made.run(['repack', '-q', '-a', '-d']);
    await putPack(made, id, 'evil\n');
  },
  'a file that is cut off': async ({ made, idOf }) =>
    putLoose(made.path, await idOf('HEAD:d/new.txt'), blob('new\n').subarray(0, 9)),
  'a file that is of another kind': async ({ made, idOf }) =>
    putLoose(made.path, await idOf('HEAD:d/new.txt'), deflateSync(Buffer.from('tree 0\0'))),
};

async function begin() {
  const made = await temporaryRepository({ 'a.txt': 'one\n', 'e/f.txt': 'f\n' });
  const { home, trees, path } = made;
  const order = orderFor(path, { baseBranch: 'main' });
  const prepared = await prepareWorkspace({ order, home, trees }, () => undefined);
  if (!prepared.ok) throw new Error(prepared.failure);
  const space = prepared.value.path;
  await made.write({ 'a.txt': 'two\n' }, space);
  await made.commit('First', space);
  await made.write({ 'a.txt': 'three\n', 'd/new.txt': 'new\n' }, space);
  await made.commit('Second', space);
  const idOf = (revision: string) => made.run(['rev-parse', revision], space);
  return { made, prepared: prepared.value, space, idOf };
}

test.each(Object.entries(FORGERIES))('S1: work is not kept when %s is forged', async (_, forge) => {
  const stage = await begin();
  await using made = stage.made;
  await forge(stage);
  const kept = await keepWork(keepFor(made, stage.prepared, { baseBranch: 'main' }));
  expect(kept.keepFailure ?? '').toMatch(/could not be (kept|committed)/);
});

test.each(Object.entries(FORGERIES))(
  'S1: nothing lands when %s is forged after the keep',
  async (_, forge) => {
    const stage = await begin();
    await using made = stage.made;
    const kept = await keepWork(keepFor(made, stage.prepared, { baseBranch: 'main' }));
    expect(kept.keepFailure).toBe(null);
    const before = await readFile(join(made.path, '.git/refs/heads/main'), 'utf8');
    await forge(stage);
    for (const strategy of ['squash', 'merge', 'fast-forward'] as const) {
      const landed = await landWork(
        landFor(made, stage.prepared, { base: kept.base, head: kept.commit, strategy }),
      );
      expect(landed.status).not.toBe('landed');
    }
    expect(await made.run(['for-each-ref', '--format=%(objectname)', 'refs/heads/main'])).toBe(before.trim());
  },
);

test.each([false, true])(
  'S1: honest work is kept and lands (packed: %s), and nothing stays behind',
  async (isPacked) => {
    const stage = await begin();
    await using made = stage.made;
    if (isPacked) await made.run(['repack', '-q', '-a', '-d', '--write-midx']);
    const kept = await keepWork(keepFor(made, stage.prepared, { baseBranch: 'main' }));
    expect(kept).toMatchObject({ keepFailure: null, diffStat: { files: 2 } });
    const packs = await readdir(join(made.path, '.git/objects/pack'));
    const landed = await landWork(landFor(made, stage.prepared, { base: kept.base, head: kept.commit }));
    expect(landed).toMatchObject({ status: 'landed' });
    expect(await readdir(join(made.path, '.git/objects/pack'))).toEqual(packs);
    for (const tree of await readdir(made.trees))
      expect(await readdir(join(made.trees, tree, 'rehash')).catch(() => [])).toEqual([]);
  },
);
