import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keepWork } from './keep-work.ts';
import { prepareWorkspace } from './prepare-workspace.ts';
import { readDiff } from './read-diff.ts';
import { removeWorkspace } from './remove-workspace.ts';
import { keepFor, orderFor, temporaryRepository } from './temporary-repository.ts';
import type { DiffAnswer } from './workspace.ts';

/** Of a folder that is no worktree of ours. */
const GIVEN = {
  base: null,
  head: null,
  isLive: false,
  isOwn: false,
  trees: join(tmpdir(), 'quarterdeck-no-trees'),
};

const LONG = Array.from({ length: 30 }, (_, index) => `line ${index}`).join('\n');

async function preparedWorktree(taskId = 't_00000001') {
  const repository = await temporaryRepository({ 'README.md': 'hello\n', 'long.txt': LONG });
  const made = await prepareWorkspace(
    { order: orderFor(repository.path, { taskId }), home: repository.home, trees: repository.trees },
    () => undefined,
  );
  if (!made.ok) throw new Error(made.failure);
  const { path, branch, base } = made.value;
  const query = {
    ...{ workspacePath: path, branch, projectPath: repository.path, baseBranch: null },
    ...{ base, head: null, isLive: true, isOwn: false, trees: repository.trees },
  };
  const keep = () => keepWork(keepFor(repository, made.value, { taskId }));
  return {
    repository,
    path,
    base,
    query,
    keep,
    [Symbol.asyncDispose]: () => repository[Symbol.asyncDispose](),
  };
}

function diffOf(answer: DiffAnswer) {
  if (!answer.ok) throw new Error(answer.failure);
  return answer.value;
}

test('commits, changes, untracked files, renames and binaries are all in the diff, and the index is untouched', async () => {
  await using tree = await preparedWorktree();
  await tree.repository.write({ 'committed.txt': 'x\n' }, tree.path);
  const head = await tree.repository.commit('One', tree.path);
  await rename(join(tree.path, 'long.txt'), join(tree.path, 'renamed.txt'));
  await tree.repository.write({ 'README.md': 'bye\n', 'ünträcked.txt': 'u\n' }, tree.path);
  await writeFile(join(tree.path, 'image.bin'), Buffer.from([0, 1, 2, 0]));
  const before = await tree.repository.run(['status', '--porcelain'], tree.path);
  const diff = diffOf(await readDiff(tree.query));
  expect(diff).toMatchObject({
    base: tree.base,
    head,
    branch: 'qd/t_00000001',
    isCut: false,
    hasUncommitted: true,
    stat: { files: 5, added: 3, removed: 1 },
  });
  expect(diff.patch).toContain('rename from long.txt\nrename to renamed.txt');
  expect(diff.patch).toContain('diff --git a/ünträcked.txt b/ünträcked.txt\nnew file mode 100644');
  expect(diff.patch).toContain('Binary files /dev/null and b/image.bin differ');
  expect(await tree.repository.run(['status', '--porcelain'], tree.path)).toBe(before);
});

test('the diff stays when the folder is removed and the branch was merged', async () => {
  await using tree = await preparedWorktree();
  await tree.repository.write({ 'a.txt': 'x\n' }, tree.path);
  await tree.keep();
  await tree.repository.run(['merge', '--quiet', '--no-ff', '-m', 'Land', 'qd/t_00000001']);
  const before = diffOf(await readDiff(tree.query));
  const removed = await removeWorkspace({
    path: tree.path,
    kind: 'worktree',
    projectPath: tree.repository.path,
    trees: tree.repository.trees,
  });
  expect(removed.ok).toBe(true);
  expect(diffOf(await readDiff(tree.query))).toEqual(before);
  expect(before).toMatchObject({ stat: { files: 1, added: 1, removed: 0 }, hasUncommitted: false });
  await tree.repository.run(['branch', '-D', 'qd/t_00000001']);
  expect(await readDiff(tree.query)).toMatchObject({ ok: false, failure: expect.stringContaining('gone') });
});

test('a diff above 4 MiB is cut at a line', async () => {
  await using tree = await preparedWorktree();
  await tree.repository.write({ 'big.txt': 'some words of a line\n'.repeat(400_000) }, tree.path);
  const diff = diffOf(await readDiff(tree.query));
  expect(diff.isCut).toBe(true);
  expect(diff.patch.length).toBeLessThanOrEqual(4 * 1024 * 1024);
  expect(diff.patch.endsWith('+some words of a line\n')).toBe(true);
  expect(diff.stat.added).toBe(400_000);
});

test('settings of the person do not change the shape of a diff', async () => {
  await using tree = await preparedWorktree();
  await tree.repository.run(['config', 'diff.external', 'false']);
  await tree.repository.run(['config', 'diff.noprefix', 'true']);
  await tree.repository.write({ 'README.md': 'bye\n' }, tree.path);
  expect(diffOf(await readDiff(tree.query)).patch).toContain('diff --git a/README.md b/README.md');
});

test('a given folder is compared with what is checked out there', async () => {
  await using repository = await temporaryRepository();
  await using empty = await temporaryRepository({});
  const query = (path: string) => ({
    workspacePath: path,
    branch: null,
    projectPath: path,
    baseBranch: 'main',
    ...GIVEN,
  });
  await repository.write({ 'a b.txt': 'x\n' });
  const diff = diffOf(await readDiff(query(repository.path)));
  expect(diff).toMatchObject({
    branch: 'main',
    stat: { files: 1, added: 1, removed: 0 },
    hasUncommitted: true,
  });
  expect(diff.base).toBe(diff.head);
  await empty.write({ 'first.txt': 'x\n' });
  expect(diffOf(await readDiff(query(empty.path)))).toMatchObject({
    base: null,
    head: null,
    stat: { files: 1 },
  });
});

test('a folder inside a repository shows only its own changes', async () => {
  await using repository = await temporaryRepository({ 'part/a.txt': 'a\n', 'b.txt': 'b\n' });
  await repository.write({ 'part/a.txt': 'x\n', 'b.txt': 'x\n', 'part/c.txt': 'x\n' });
  const path = join(repository.path, 'part');
  const diff = diffOf(
    await readDiff({
      workspacePath: path,
      branch: null,
      projectPath: repository.path,
      baseBranch: null,
      ...GIVEN,
    }),
  );
  expect(diff.stat).toEqual({ files: 2, added: 2, removed: 1 });
  expect(diff.patch).toContain('diff --git a/part/c.txt b/part/c.txt');
});

test('a folder that is no repository has an empty diff without a base', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'quarterdeck-plain-'));
  await writeFile(join(folder, 'a.txt'), 'x');
  const query = { workspacePath: folder, branch: null, projectPath: folder, baseBranch: null, ...GIVEN };
  expect(diffOf(await readDiff(query))).toMatchObject({ base: null, patch: '', stat: { files: 0 } });
  expect(await readFile(join(folder, 'a.txt'), 'utf8')).toBe('x');
  await rm(folder, { recursive: true });
});
