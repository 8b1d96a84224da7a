import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { NOTHING_KEPT } from '@quarterdeck/contract/runner-protocol';
import { expect, test } from 'vitest';
import { COPY_PREFIX } from './free-of-locks.ts';
import { keepWork } from './keep-work.ts';
import { prepareWorkspace } from './prepare-workspace.ts';
import { treeFolder } from './task-tree.ts';
import { keepFor, orderFor, temporaryRepository } from './temporary-repository.ts';

async function preparedWorktree() {
  const repository = await temporaryRepository();
  const made = await prepareWorkspace(
    { order: orderFor(repository.path), home: repository.home, trees: repository.trees },
    () => undefined,
  );
  if (!made.ok) throw new Error(made.failure);
  const { path, base } = made.value;
  const keep = (title = 'A title') => keepWork(keepFor(repository, made.value, { title }));
  return {
    repository,
    made: made.value,
    path,
    base,
    keep,
    [Symbol.asyncDispose]: () => repository[Symbol.asyncDispose](),
  };
}

const gitPath = (tree: Awaited<ReturnType<typeof preparedWorktree>>, name: string) =>
  tree.repository.run(['rev-parse', '--path-format=absolute', '--git-path', name], tree.path);

test('everything uncommitted becomes one commit on the branch', async () => {
  await using tree = await preparedWorktree();
  await tree.repository.write({ 'README.md': 'changed\n', 'söb/new.txt': '1\n2\n' }, tree.path);
  const kept = await tree.keep('# odd\ntitle');
  const tip = await tree.repository.run(['rev-parse', 'qd/t_00000001']);
  expect(kept).toEqual({
    ...NOTHING_KEPT,
    ...{ commit: tip, base: tree.base, diffStat: { files: 2, added: 3, removed: 1 } },
  });
  expect(await tree.repository.run(['log', '-1', '--format=%s', tip])).toBe('# odd title (t_00000001)');
  expect(await tree.repository.run(['status', '--porcelain'], tree.path)).toBe('');
});

test('nothing new means no commit, and the work of the agent itself counts', async () => {
  await using tree = await preparedWorktree();
  const start = await tree.repository.run(['rev-parse', 'HEAD']);
  expect(await tree.keep()).toEqual({
    ...NOTHING_KEPT,
    ...{ commit: start, base: start, diffStat: { files: 0, added: 0, removed: 0 } },
  });
  await tree.repository.write({ 'own.txt': 'x\n' }, tree.path);
  const own = await tree.repository.commit('The agent commits', tree.path);
  expect(await tree.keep()).toEqual({
    ...NOTHING_KEPT,
    ...{ commit: own, base: start, diffStat: { files: 1, added: 1, removed: 0 } },
  });
});

test('the branch follows an agent that left it', async () => {
  await using tree = await preparedWorktree();
  await tree.repository.run(['checkout', '--quiet', '-b', 'own-branch'], tree.path);
  await tree.repository.write({ 'own.txt': 'x\n' }, tree.path);
  await tree.keep();
  expect(await tree.repository.run(['show', 'qd/t_00000001:own.txt'])).toBe('x');
});

test.each(['index.lock', 'HEAD.lock', 'refs/heads/qd/t_00000001.lock'])(
  'the %s of a killed git does not stop it',
  async (name) => {
    await using tree = await preparedWorktree();
    await tree.repository.write({ 'a.txt': 'x\n' }, tree.path);
    await writeFile(await gitPath(tree, name), '');
    expect(await tree.keep()).toMatchObject({ keepFailure: null, diffStat: { files: 1 } });
    expect(await tree.repository.run(['show', 'qd/t_00000001:a.txt'])).toBe('x');
  },
);

test('the lock of another branch does not stop it, and stays', async () => {
  await using tree = await preparedWorktree();
  await tree.repository.run(['checkout', '--quiet', '-b', 'own-branch'], tree.path);
  await tree.repository.write({ 'a.txt': 'x\n' }, tree.path);
  const lock = await gitPath(tree, 'refs/heads/own-branch.lock');
  await writeFile(lock, '');
  expect(await tree.keep()).toMatchObject({ keepFailure: null, diffStat: { files: 1 } });
  expect(existsSync(lock)).toBe(true);
});

test('hooks and a repository above are left alone, and a lost .git file is put back', async () => {
  await using tree = await preparedWorktree();
  await writeFile(join(tree.repository.path, '.git/hooks/pre-commit'), '#!/bin/sh\nexit 1\n', {
    mode: 0o755,
  });
  await tree.repository.write({ 'a.txt': 'x\n' }, tree.path);
  expect(await tree.keep()).toMatchObject({ keepFailure: null, diffStat: { files: 1 } });
  await rm(join(tree.path, '.git'));
  await tree.repository.run(['init', '--quiet'], tree.repository.root);
  await tree.repository.write({ 'b.txt': 'x\n' }, tree.path);
  const kept = await tree.keep();
  expect(kept).toMatchObject({ keepFailure: null, diffStat: { files: 2 } });
  expect(kept.notes.join()).toContain('was gone; it was put back');
  expect(await tree.repository.run(['status', '--porcelain'], tree.path)).toBe('');
});

test('a folder that is not ours stays as it is', async () => {
  await using tree = await preparedWorktree();
  await tree.repository.write({ 'mine.txt': 'x' });
  const { path } = tree.repository;
  const kept = await keepWork(keepFor(tree.repository, tree.made, { path, branch: null, kind: 'dir' }));
  expect(kept).toEqual(NOTHING_KEPT);
  expect(await tree.repository.run(['status', '--porcelain'])).toBe('?? mine.txt');
});

test('a worktree that an earlier version made is reused, counts from its remembered base, and is kept', async () => {
  await using repository = await temporaryRepository();
  const { home, trees } = repository;
  const path = join(home, 'workspaces/p_00000001/t_00000001');
  const base = await repository.run(['rev-parse', 'HEAD']);
  await repository.run(['worktree', 'add', '--quiet', '-b', 'qd/t_00000001', path]);
  await repository.run(['update-ref', 'refs/quarterdeck/base/qd/t_00000001', base]);
  const marker = ['rev-parse', '--path-format=absolute', '--git-path', 'quarterdeck-ready'];
  await writeFile(await repository.run(marker, path), '');
  await repository.write({ 'first.txt': 'x\n' }, path);
  await repository.commit('First attempt', path);
  const made = await prepareWorkspace({ order: orderFor(repository.path), home, trees }, () => undefined);
  expect(made).toMatchObject({ ok: true, value: { path, base, isReused: true } });
  await repository.write({ 'second.txt': 'x\n' }, path);
  if (!made.ok) throw new Error(made.failure);
  expect(await keepWork(keepFor(repository, made.value))).toMatchObject({ base, diffStat: { files: 2 } });
  expect(await repository.run(['status', '--porcelain'], path)).toBe('');
});

test.each(['index.lock', 'HEAD.lock', 'config.lock', 'shallow.lock'])(
  'F02: %s that a killed git of ours left in the private folder does not keep work from being kept',
  async (name) => {
    await using tree = await preparedWorktree();
    const folder = treeFolder(tree.repository.trees, tree.path);
    const old = join(folder, `${COPY_PREFIX}killed`);
    await mkdir(old);
    await utimes(old, 0, 0);
    await writeFile(join(folder, name), '');
    await tree.repository.write({ 'new.txt': 'x\n' }, tree.path);
    expect(await tree.keep()).toMatchObject({ keepFailure: null, diffStat: { files: 1 } });
    await tree.repository.write({ 'more.txt': 'x\n' }, tree.path);
    await writeFile(join(folder, name), '');
    expect(await tree.keep()).toMatchObject({ keepFailure: null, diffStat: { files: 2 } });
    expect((await readdir(folder)).filter((each) => /lock|copy/.test(each))).toEqual([]);
  },
);
