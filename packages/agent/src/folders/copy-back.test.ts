import { chmod, lstat, mkdir, rm, symlink, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { contents, openFolderLab } from './testing/folder-lab.ts';

type Lab = Awaited<ReturnType<typeof openFolderLab>>;
const START = { 'a.txt': 'one\n', 'b/c.txt': 'two\n', 'b/d.txt': 'three\n', 'é ü.txt': 'four\n' };

/** Lets an agent work in a copy, keeps what it made, and a person change the folder meanwhile. */
async function work(
  lab: Lab,
  agent: (path: string) => Promise<unknown>,
  person?: (folder: string) => Promise<unknown>,
) {
  const prepared = await lab.prepare();
  await agent(prepared.path);
  const kept = await lab.keep(prepared);
  await person?.(lab.folder);
  return { ...prepared, head: kept.commit, kept };
}

const CHANGES: readonly [string, (path: string) => Promise<unknown>, Record<string, string | null>][] = [
  ['a changed file', (path) => writeFile(join(path, 'a.txt'), 'new\n'), { 'a.txt': 'new\n' }],
  [
    'a new file in a new folder',
    async (path) => {
      await mkdir(join(path, 'x/y'), { recursive: true });
      await writeFile(join(path, 'x/y/z "q".txt'), 'z\n');
    },
    { 'x/y/z "q".txt': 'z\n' },
  ],
  ['a removed file', (path) => unlink(join(path, 'a.txt')), { 'a.txt': null }],
  [
    'a removed folder',
    (path) => rm(join(path, 'b'), { recursive: true }),
    { 'b/c.txt': null, 'b/d.txt': null },
  ],
  ['a file that may be run now', (path) => chmod(join(path, 'a.txt'), 0o755), { 'a.txt': '* one\n' }],
  ['a new link', (path) => symlink('/etc/passwd', join(path, 'link')), { link: '-> /etc/passwd' }],
  [
    'a file that becomes a folder',
    async (path) => {
      await unlink(join(path, 'a.txt'));
      await mkdir(join(path, 'a.txt'));
      await writeFile(join(path, 'a.txt/in.txt'), 'in\n');
    },
    { 'a.txt': null, 'a.txt/in.txt': 'in\n' },
  ],
  [
    'a folder that becomes a file',
    async (path) => {
      await rm(join(path, 'b'), { recursive: true });
      await writeFile(join(path, 'b'), 'flat\n');
    },
    { 'b/c.txt': null, 'b/d.txt': null, b: 'flat\n' },
  ],
  [
    'a folder that becomes a link',
    async (path) => {
      await rm(join(path, 'b'), { recursive: true });
      await symlink('/nowhere', join(path, 'b'));
    },
    { 'b/c.txt': null, 'b/d.txt': null, b: '-> /nowhere' },
  ],
  [
    'bytes that are no text',
    (path) => writeFile(join(path, 'a.txt'), Buffer.from([0, 13, 10, 255, 10])),
    {
      'a.txt': Buffer.from([0, 13, 10, 255, 10]).toString('utf8'),
    },
  ],
  [
    'a renamed file with an accent',
    async (path) => {
      await unlink(join(path, 'é ü.txt'));
      await writeFile(join(path, 'ö.txt'), 'four\n');
    },
    { 'é ü.txt': null, 'ö.txt': 'four\n' },
  ],
];

function applied(changes: Readonly<Record<string, string | null>>): Record<string, string> {
  const all: Record<string, string | null> = { ...START, ...changes };
  return Object.fromEntries(
    Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null),
  );
}

describe('F04: landing copies back', () => {
  it.each(CHANGES)('%s, once, and again without effect', async (_name, agent, changes) => {
    await using lab = await openFolderLab(START);
    const done = await work(lab, agent);
    expect(await contents(lab.folder)).toEqual(START);
    const landed = await lab.land(done);
    expect(landed).toMatchObject({ status: 'landed', strategy: 'copy', into: lab.folder });
    expect(await contents(lab.folder)).toEqual(applied(changes));
    expect(await lab.land(done)).toMatchObject({
      status: 'landed',
      message: expect.stringContaining('already'),
    });
    expect(await contents(lab.folder)).toEqual(applied(changes));
  });

  it.each(CHANGES)('%s beside what the person changed elsewhere', async (_name, agent, changes) => {
    await using lab = await openFolderLab({ ...START, 'mine.txt': 'mine\n' });
    const done = await work(lab, agent, (folder) => writeFile(join(folder, 'mine.txt'), 'changed\n'));
    expect(await lab.land(done)).toMatchObject({ status: 'landed' });
    expect(await contents(lab.folder)).toEqual({ ...applied(changes), 'mine.txt': 'changed\n' });
  });

  const both = async (path: string) => {
    await writeFile(join(path, 'a.txt'), 'agent\n');
    await writeFile(join(path, 'n.txt'), 'agent\n');
    await unlink(join(path, 'b/c.txt'));
  };
  it.each<[string, (folder: string) => Promise<unknown>, string]>([
    ['changed the same file', (folder) => writeFile(join(folder, 'a.txt'), 'person\n'), 'a.txt'],
    ['removed it', (folder) => unlink(join(folder, 'a.txt')), 'a.txt'],
    ['made the same new file', (folder) => writeFile(join(folder, 'n.txt'), 'person\n'), 'n.txt'],
    [
      'changed a file that is to be removed',
      (folder) => writeFile(join(folder, 'b/c.txt'), 'person\n'),
      'b/c.txt',
    ],
    ['may run it now', (folder) => chmod(join(folder, 'a.txt'), 0o755), 'a.txt'],
    [
      'put a link in its place',
      async (folder) => {
        await unlink(join(folder, 'a.txt'));
        await symlink('/etc/passwd', join(folder, 'a.txt'));
      },
      'a.txt',
    ],
    [
      'put a folder in its place',
      async (folder) => {
        await unlink(join(folder, 'a.txt'));
        await mkdir(join(folder, 'a.txt'));
      },
      'a.txt',
    ],
    [
      'put a link in the place of its folder',
      async (folder) => {
        await rm(join(folder, 'b'), { recursive: true });
        await symlink('/nowhere', join(folder, 'b'));
      },
      'b/c.txt',
    ],
  ])('nothing at all when the person %s', async (_name, person, name) => {
    await using lab = await openFolderLab(START);
    const done = await work(lab, both, person);
    const before = await contents(lab.folder);
    const answer = await lab.land(done);
    expect(answer).toMatchObject({
      status: 'conflict',
      files: [name],
      message: expect.stringContaining('Nothing was changed'),
    });
    expect(await contents(lab.folder)).toEqual(before);
  });

  it('never through a link that is on the way to a new file', async () => {
    await using lab = await openFolderLab(START);
    await mkdir(join(lab.root, 'else'));
    const done = await work(
      lab,
      async (path) => {
        await mkdir(join(path, 'out'));
        await writeFile(join(path, 'out/x.txt'), 'x\n');
      },
      (folder) => symlink(join(lab.root, 'else'), join(folder, 'out')),
    );
    expect(await lab.land(done)).toMatchObject({ status: 'conflict', files: ['out/x.txt'] });
    expect(await contents(join(lab.root, 'else'))).toEqual({});
  });

  it('keeps the rights of a file, and takes nothing along that was not in the diff', async () => {
    await using lab = await openFolderLab(START);
    await chmod(join(lab.folder, 'a.txt'), 0o640);
    const done = await work(lab, (path) => writeFile(join(path, 'a.txt'), 'new\n'));
    await writeFile(join(done.path, 'later.txt'), 'after the review\n');
    expect(await lab.land(done)).toMatchObject({ status: 'landed' });
    expect((await lstat(join(lab.folder, 'a.txt'))).mode & 0o777).toBe(0o640);
    expect(await contents(lab.folder)).toEqual({ ...START, 'a.txt': 'new\n' });
  });

  it('goes on when the copy is gone, and says so when its commits are', async () => {
    await using lab = await openFolderLab(START);
    const done = await work(lab, (path) => writeFile(join(path, 'a.txt'), 'new\n'));
    await rm(done.path, { recursive: true });
    expect(await lab.land(done)).toMatchObject({ status: 'landed' });
    expect(await lab.land({ base: done.base, head: '0'.repeat(40) })).toMatchObject({ status: 'refused' });
    await rm(lab.folder, { recursive: true });
    expect(await lab.land(done)).toMatchObject({
      status: 'refused',
      message: expect.stringContaining('is not there'),
    });
  });
});
