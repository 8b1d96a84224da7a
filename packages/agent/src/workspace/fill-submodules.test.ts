import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { keepWork } from './keep-work.ts';
import { prepareWorkspace } from './prepare-workspace.ts';
import { removeWorkspace } from './remove-workspace.ts';
import { orderFor, type TemporaryRepository, temporaryRepository } from './temporary-repository.ts';

const LOCAL = ['-c', 'protocol.file.allow=always'];

/** A repository with a submodule `lib é`, which has the submodule `deep` in it. */
async function openNested() {
  const [deep, lib, all] = [
    await temporaryRepository({ 'deep.txt': 'deep\n' }),
    await temporaryRepository({ 'lib.txt': 'lib\n' }),
    await temporaryRepository({ 'a.txt': 'a\n' }),
  ];
  const add = (to: TemporaryRepository, from: TemporaryRepository, name: string) =>
    to.run([...LOCAL, 'submodule', '--quiet', 'add', from.path, name]);
  await add(lib, deep, 'deep');
  await lib.commit('Add deep');
  await add(all, lib, 'lib é');
  await all.run([...LOCAL, 'submodule', '--quiet', 'update', '--init', '--recursive']);
  await all.commit('Add lib');
  const trees = join(all.home, 'runner/trees');
  const said: string[] = [];
  const prepare = async () => {
    const prepared = await prepareWorkspace({ order: orderFor(all.path), home: all.home, trees }, (line) =>
      said.push(line),
    );
    if (!prepared.ok) throw new Error(prepared.failure);
    return prepared.value;
  };
  const keep = (path: string, base: string | null) =>
    keepWork({
      ...{ path, branch: 'qd/t_00000001', kind: 'worktree', runId: 'r_1', taskId: 't_00000001', title: 'x' },
      ...{ agentName: 'Demo', projectPath: all.path, baseBranch: null, base, trees },
    });
  const remove = (path: string) => removeWorkspace({ path, kind: 'worktree', projectPath: all.path, trees });
  return {
    ...{ deep, lib, all, trees, said, prepare, keep, remove },
    [Symbol.asyncDispose]: async () => {
      for (const each of [deep, lib, all]) await each[Symbol.asyncDispose]();
    },
  };
}

const gitIn = (path: string, ...args: string[]) =>
  execFileSync('git', ['-C', path, ...args], { encoding: 'utf8' }).trim();

describe('F08, A16: submodules of a worktree', () => {
  it('are filled from this machine, nested ones too, and git in them works', async () => {
    await using site = await openNested();
    const { path, notes } = await site.prepare();
    expect(await readFile(join(path, 'lib é/lib.txt'), 'utf8')).toBe('lib\n');
    expect(await readFile(join(path, 'lib é/deep/deep.txt'), 'utf8')).toBe('deep\n');
    expect(notes).toEqual([]);
    expect(site.said.filter((line) => line.startsWith('Filled'))).toHaveLength(2);
    expect(gitIn(path, 'status', '--porcelain')).toBe('');
    expect(gitIn(join(path, 'lib é'), 'status', '--porcelain')).toBe('');
    expect(gitIn(join(path, 'lib é'), 'log', '-1', '--format=%s')).toBe('Add deep');
    const own = await stat(join(path, 'lib é/lib.txt'));
    expect([own.nlink, own.ino === (await stat(join(site.all.path, 'lib é/lib.txt'))).ino]).toEqual([
      1,
      false,
    ]);
  });

  it('do not keep a workspace from going, nor change what is kept, while nobody touches them', async () => {
    await using site = await openNested();
    const { path, base } = await site.prepare();
    await writeFile(join(path, 'a.txt'), 'b\n');
    expect(await site.keep(path, base)).toMatchObject({
      keepFailure: null,
      leftOut: [],
      diffStat: { files: 1 },
    });
    expect(await site.remove(path)).toMatchObject({ ok: true });
  });

  it.each([
    ['a changed file', async (path: string) => writeFile(join(path, 'lib.txt'), 'mine\n')],
    ['a new file', async (path: string) => writeFile(join(path, 'new.txt'), 'mine\n')],
    ['a file in the one inside', async (path: string) => writeFile(join(path, 'deep/deep.txt'), 'mine\n')],
    [
      'a commit',
      async (path: string) =>
        gitIn(path, '-c', 'user.name=A', '-c', 'user.email=a@b', 'commit', '-q', '--allow-empty', '-m', 'x'),
    ],
  ])('F02: with %s in them are named as left out, and their workspace stays', async (_name, change) => {
    await using site = await openNested();
    const { path, base } = await site.prepare();
    await change(join(path, 'lib é'));
    expect((await site.keep(path, base)).leftOut).toEqual([
      expect.objectContaining({ path: expect.stringMatching(/^lib é/) }),
    ]);
    expect(await site.remove(path)).toMatchObject({ ok: false });
  });

  it('that are not on this machine are told to the agent and to people, with the command', async () => {
    await using site = await openNested();
    await site.all.run(['submodule', '--quiet', 'deinit', '--force', '--all']);
    await rm(join(site.all.path, '.git/modules'), { recursive: true });
    const { path, notes, warnings } = await site.prepare();
    expect(existsSync(join(path, 'lib é/lib.txt'))).toBe(false);
    expect(notes).toEqual([
      expect.stringMatching(/submodule is empty.*: lib é\..*submodule update --init --recursive/),
    ]);
    expect(warnings).toEqual(notes);
  });

  it('S1: start nothing that their git folders name, and lead nowhere else', async () => {
    await using site = await openNested();
    const trap = `touch '${join(site.all.root, 'sprung')}'`;
    const modules = join(site.all.path, '.git/modules/lib é');
    for (const [name, value] of [
      ['core.fsmonitor', trap],
      ['filter.trap.smudge', trap],
      ['core.worktree', site.all.root],
      ['uploadpack.packObjectsHook', trap],
    ] as const)
      execFileSync('git', ['--git-dir', modules, 'config', name, value]);
    await writeFile(join(modules, 'info/attributes'), '* filter=trap\n');
    await site.all.write({
      '.gitmodules': `[submodule "../../../else"]\n\tpath = lib é\n\turl = ext::sh -c "${trap}"\n`,
    });
    await site.all.run(['add', '.gitmodules']);
    await site.all.run(['commit', '-q', '-m', 'Name it otherwise']);
    const { notes } = await site.prepare();
    expect(notes.join()).toContain('lib é');
    expect(existsSync(join(site.all.root, 'sprung'))).toBe(false);
  });
});

it('A16: says that files are pointers when git-lfs is not set up', async () => {
  await using repository = await temporaryRepository({
    '.gitattributes': '*.bin filter=lfs\n',
    'x.bin': 'version https://git-lfs\n',
  });
  const trees = join(repository.home, 'runner/trees');
  const prepared = await prepareWorkspace(
    { order: orderFor(repository.path), home: repository.home, trees },
    () => undefined,
  );
  const isSetUp =
    process.env['GIT_CONFIG_GLOBAL'] === undefined &&
    gitIn('/', 'config', '--default', '', '--get', 'filter.lfs.process') !== '';
  expect(prepared.ok && prepared.value.notes.join()).toContain(isSetUp ? '' : 'x.bin');
});
