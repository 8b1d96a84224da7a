import { readdir, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { prepareWorkspace } from './prepare-workspace.ts';
import { findReviewed, setAside } from './set-aside.ts';
import { orderFor, temporaryRepository } from './temporary-repository.ts';

async function openReview() {
  const repository = await temporaryRepository({ 'README.md': 'hello\n', '.gitignore': 'out/\n' });
  const made = await prepareWorkspace(
    { order: orderFor(repository.path), home: repository.home, trees: repository.trees },
    () => undefined,
  );
  if (!made.ok || made.value.branch === null) throw new Error('no worktree');
  const { path, branch } = made.value;
  const spot = { trees: repository.trees, path, projectPath: repository.path };
  const head = await findReviewed(spot);
  if (head === null) throw new Error('not clean');
  return { repository, reviewed: { ...spot, branch, head, name: 'r_1' } };
}

test('K22 a reviewer that changed nothing leaves nothing', async () => {
  const { repository, reviewed } = await openReview();
  await using _ = repository;
  await repository.write({ 'out/report.txt': 'ignored' }, reviewed.path);
  expect(await setAside(reviewed)).toEqual({ ok: true, value: null });
});

test('K22 what a reviewer changed is set aside, committed or not, and nothing of it is on the branch', async () => {
  const { repository, reviewed } = await openReview();
  await using _ = repository;
  const { path, branch, head } = reviewed;
  await repository.write({ 'README.md': 'mine\n', 'mine.txt': 'one\n' }, path);
  await repository.run(['add', '-A'], path);
  await repository.run(['commit', '--quiet', '-m', 'Mine'], path);
  await repository.run(['checkout', '--quiet', '--detach'], path);
  await repository.write({ 'more.txt': 'two\n' }, path);
  expect(await findReviewed(reviewed)).toBeNull();
  const ref = 'refs/quarterdeck/set-aside/r_1';
  for (const _again of [1, 2]) expect(await setAside(reviewed)).toEqual({ ok: true, value: ref });
  expect(await repository.run(['rev-parse', `refs/heads/${branch}`])).toBe(head);
  expect(await repository.run(['branch', '--show-current'], path)).toBe(branch);
  expect(await repository.run(['status', '--porcelain'], path)).toBe('');
  expect((await readdir(path)).sort()).toEqual(['.git', '.gitignore', 'README.md']);
  expect(await readFile(`${path}/README.md`, 'utf8')).toBe('hello\n');
  expect(await repository.run(['ls-tree', '--name-only', ref])).toContain('more.txt');
  expect(await repository.run(['show', `${ref}:mine.txt`])).toBe('one');
});
