import { access, mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { keepWork } from './keep-work.ts';
import { prepareWorkspace } from './prepare-workspace.ts';
import { removeWorkspace } from './remove-workspace.ts';
import { keepFor, orderFor, temporaryRepository } from './temporary-repository.ts';

async function prepared(kind: 'worktree' | 'scratch') {
  const repository = await temporaryRepository();
  const order = orderFor(repository.path, { kind });
  const made = await prepareWorkspace(
    { order, home: repository.home, trees: repository.trees },
    () => undefined,
  );
  if (!made.ok) throw new Error(made.failure);
  const { path } = made.value;
  return {
    repository,
    path,
    keep: () => keepWork(keepFor(repository, made.value)),
    remove: () => removeWorkspace({ path, kind, projectPath: repository.path, trees: repository.trees }),
  };
}

test('a worktree goes when its work is committed, and not before', async () => {
  const { repository, path, keep, remove } = await prepared('worktree');
  await using _repository = repository;
  await writeFile(join(path, 'a.txt'), 'x');
  expect(await remove()).toEqual({ ok: false, failure: 'it has uncommitted work' });
  await keep();
  const removed = await remove();
  if (!removed.ok) throw new Error(removed.failure);
  await expect(access(path)).rejects.toThrow();
  await removed.value.deleted;
  expect(await readdir(dirname(path))).toEqual([]);
  expect(await repository.run(['worktree', 'list'])).not.toContain('t_00000001');
  expect(await repository.run(['show', 'qd/t_00000001:a.txt'])).toBe('x');
  expect((await remove()).ok).toBe(true);
});

test('a worktree whose commits no branch holds stays', async () => {
  const { repository, path, remove } = await prepared('worktree');
  await using _repository = repository;
  await repository.run(['checkout', '--quiet', '--detach'], path);
  await repository.write({ 'a.txt': 'x' }, path);
  await repository.commit('Off branch', path);
  expect(await remove()).toMatchObject({ ok: false, failure: expect.stringContaining('no branch holds') });
});

test('a worktree that holds another repository stays', async () => {
  const { repository, path, remove } = await prepared('worktree');
  await using _repository = repository;
  const inner = join(path, 'inner');
  await repository.run(['clone', '--quiet', repository.path, inner], repository.root);
  await repository.run(['-c', 'advice.addEmbeddedRepo=false', 'add', '--all'], path);
  await repository.run(['commit', '--quiet', '-m', 'Pointer'], path);
  expect(await remove()).toMatchObject({
    ok: false,
    failure: expect.stringContaining('another git repository'),
  });
});

test('a scratch folder goes only when it is empty', async () => {
  const { repository, path, remove } = await prepared('scratch');
  await using _repository = repository;
  await writeFile(join(path, 'result.txt'), 'x');
  expect(await remove()).toMatchObject({ ok: false });
  const { repository: other, remove: removeEmpty } = await prepared('scratch');
  await using _other = other;
  expect((await removeEmpty()).ok).toBe(true);
});

test('K21: a scratch folder that holds only the files of its task goes', async () => {
  const { repository, path, remove } = await prepared('scratch');
  await using _repository = repository;
  await mkdir(join(path, '.quarterdeck', 'attachments'), { recursive: true });
  await writeFile(join(path, '.quarterdeck', 'attachments', 'plan.md'), 'x');
  const removed = await remove();
  if (!removed.ok) throw new Error(removed.failure);
  await removed.value.deleted;
  await expect(access(path)).rejects.toThrow();
});
