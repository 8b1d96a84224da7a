import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keepWork } from './keep-work.ts';
import { prepareWorkspace } from './prepare-workspace.ts';
import { keepFor, orderFor, temporaryRepository } from './temporary-repository.ts';
import type { Attempt } from './workspace.ts';

const quiet = (): void => undefined;

function madeOf<T>(attempt: Attempt<T>): T {
  if (!attempt.ok) throw new Error(attempt.failure);
  return attempt.value;
}

function failureOf(attempt: Attempt<unknown>): string {
  if (attempt.ok) throw new Error('It should have failed.');
  return attempt.failure;
}

/** Prepares the task's worktree, writes the files there and keeps them. */
async function work(
  repository: Awaited<ReturnType<typeof temporaryRepository>>,
  taskId: string,
  files: Record<string, string>,
  startFrom: readonly string[] = [],
) {
  const made = madeOf(
    await prepareWorkspace(
      {
        order: orderFor(repository.path, { taskId, startFrom }),
        home: repository.home,
        trees: repository.trees,
      },
      quiet,
    ),
  );
  await repository.write(files, made.path);
  expect((await keepWork(keepFor(repository, made, { taskId }))).keepFailure).toBeNull();
  return made;
}

test('a worktree starts on its own branch from what is checked out', async () => {
  await using repository = await temporaryRepository();
  const head = await repository.run(['rev-parse', 'HEAD']);
  const made = madeOf(
    await prepareWorkspace(
      { order: orderFor(repository.path), home: repository.home, trees: repository.trees },
      quiet,
    ),
  );
  expect(made).toEqual({
    path: join(repository.home, 'workspaces/p_00000001/t_00000001'),
    branch: 'qd/t_00000001',
    base: head,
    notes: [],
    isReused: false,
  });
  expect(await repository.run(['branch', '--show-current'], made.path)).toBe('qd/t_00000001');
  expect(await readFile(join(made.path, 'README.md'), 'utf8')).toBe('hello\n');
});

test('a second attempt finds the worktree with everything in it', async () => {
  await using repository = await temporaryRepository();
  const request = {
    order: orderFor(repository.path, { setupCommand: 'echo x >> setup.txt' }),
    home: repository.home,
    trees: repository.trees,
  };
  const first = madeOf(await prepareWorkspace(request, quiet));
  await writeFile(join(first.path, 'half.txt'), 'half');
  const second = madeOf(await prepareWorkspace(request, quiet));
  expect(second).toMatchObject({ path: first.path, base: first.base, isReused: true });
  expect(await readFile(join(second.path, 'half.txt'), 'utf8')).toBe('half');
  expect(await readFile(join(second.path, 'setup.txt'), 'utf8')).toBe('x\n');
});

test('a worktree whose folder was deleted by hand is made again on the same branch', async () => {
  await using repository = await temporaryRepository();
  const first = await work(repository, 't_00000001', { 'a.txt': 'a\n' });
  await rm(first.path, { recursive: true });
  const again = madeOf(
    await prepareWorkspace(
      { order: orderFor(repository.path), home: repository.home, trees: repository.trees },
      quiet,
    ),
  );
  expect(again).toMatchObject({ isReused: false, base: first.base });
  expect(await readFile(join(again.path, 'a.txt'), 'utf8')).toBe('a\n');
});

test('a home that was moved does not hold its branches', async () => {
  await using repository = await temporaryRepository();
  await work(repository, 't_00000001', { 'a.txt': 'a\n' });
  const moved = join(repository.root, 'moved');
  await rename(repository.home, moved);
  const other = {
    ...repository,
    home: join(repository.root, 'other home'),
    trees: join(repository.root, 'other trees'),
  };
  const made = madeOf(
    await prepareWorkspace({ order: orderFor(other.path), home: other.home, trees: other.trees }, quiet),
  );
  expect(await readFile(join(made.path, 'a.txt'), 'utf8')).toBe('a\n');
});

test('a branch that a person has checked out is said to be in the way', async () => {
  await using repository = await temporaryRepository();
  await repository.run(['checkout', '--quiet', '-b', 'qd/t_00000001']);
  const made = await prepareWorkspace(
    { order: orderFor(repository.path), home: repository.home, trees: repository.trees },
    quiet,
  );
  expect(failureOf(made)).toMatch(/checked out in another folder/);
});

test('a folder git does not know is set aside and not lost', async () => {
  await using repository = await temporaryRepository();
  const parent = join(repository.home, 'workspaces/p_00000001');
  await mkdir(join(parent, 't_00000001'), { recursive: true });
  await writeFile(join(parent, 't_00000001/precious.txt'), 'x');
  madeOf(
    await prepareWorkspace(
      { order: orderFor(repository.path), home: repository.home, trees: repository.trees },
      quiet,
    ),
  );
  const aside = (await readdir(parent)).find((name) => name.includes('set-aside')) ?? '';
  expect(await readFile(join(parent, aside, 'precious.txt'), 'utf8')).toBe('x');
});

test('eight worktrees of one repository can be asked for at once', async () => {
  await using repository = await temporaryRepository();
  const ids = Array.from({ length: 8 }, (_, index) => `t_0000000${index}`);
  const made = await Promise.all(
    ids.map((taskId) =>
      prepareWorkspace(
        { order: orderFor(repository.path, { taskId }), home: repository.home, trees: repository.trees },
        quiet,
      ),
    ),
  );
  expect(made.map((attempt) => madeOf(attempt).branch)).toEqual(ids.map((id) => `qd/${id}`));
});

test('work of finished parents is there: the first is the start, the others are merged', async () => {
  await using repository = await temporaryRepository();
  await work(repository, 't_parent1', { 'ünï 1.txt': '1\n' });
  await work(repository, 't_parent2', { 'b.txt': '2\n' });
  const child = await work(repository, 't_child1', {}, ['qd/t_parent1', 'qd/t_parent2', 'qd/t_parent1']);
  expect(child.notes).toEqual([]);
  expect((await readdir(child.path)).sort()).toEqual(['.git', 'README.md', 'b.txt', 'ünï 1.txt']);
  expect(await repository.run(['log', '-1', '--format=%s'], child.path)).toBe(
    'Merge qd/t_parent2, which this task builds on',
  );
  expect(child.base).toBe(await repository.run(['rev-parse', 'qd/t_child1']));
});

test('a conflict between parents is left out and told to the agent', async () => {
  await using repository = await temporaryRepository();
  await work(repository, 't_parent1', { 'README.md': 'one\n' });
  await work(repository, 't_parent2', { 'README.md': 'two\n' });
  const child = await work(repository, 't_child1', {}, ['qd/t_parent1', 'qd/t_parent2', 'qd/t_gone']);
  expect(await readFile(join(child.path, 'README.md'), 'utf8')).toBe('one\n');
  expect(await repository.run(['status', '--porcelain'], child.path)).toBe('');
  expect(child.notes).toHaveLength(2);
  expect(child.notes.join('\n')).toMatch(
    /qd\/t_gone.*no longer exists[\s\S]*qd\/t_parent2.*conflicts in README\.md/,
  );
});

test('a parent that was merged into the base is no longer the start', async () => {
  await using repository = await temporaryRepository();
  await work(repository, 't_parent1', { 'a.txt': 'a\n' });
  await repository.run(['merge', '--quiet', '--no-ff', '-m', 'Land', 'qd/t_parent1']);
  await repository.write({ 'later.txt': 'x' });
  const head = await repository.commit('Later');
  expect((await work(repository, 't_child1', {}, ['qd/t_parent1'])).base).toBe(head);
});

test('ignored files named in .worktreeinclude come along, others do not', async () => {
  await using repository = await temporaryRepository({
    '.gitignore': '.env*\nbig/\n',
    '.worktreeinclude': '.env*\n*.loose\n',
  });
  await repository.write({
    '.env.local': 'KEY=1',
    'sub/.env': 'KEY=2',
    'big/x': 'x',
    'not ignored.loose': 'x',
  });
  const made = madeOf(
    await prepareWorkspace(
      { order: orderFor(repository.path), home: repository.home, trees: repository.trees },
      quiet,
    ),
  );
  expect(await readFile(join(made.path, '.env.local'), 'utf8')).toBe('KEY=1');
  expect(await readFile(join(made.path, 'sub/.env'), 'utf8')).toBe('KEY=2');
  expect((await readdir(made.path)).sort()).toEqual([
    '.env.local',
    '.git',
    '.gitignore',
    '.worktreeinclude',
    'sub',
  ]);
});

test('a failing setup command fails the workspace with its last lines, and the next attempt starts afresh', async () => {
  await using repository = await temporaryRepository();
  const { home, trees } = repository;
  const lines: string[] = [];
  const failing = orderFor(repository.path, {
    setupCommand: 'touch left; echo to-out; echo no such tool >&2; exit 3',
  });
  const failure = failureOf(
    await prepareWorkspace({ order: failing, home, trees }, (line) => lines.push(line)),
  );
  expect(failure).toMatch(/ended with exit code 3[\s\S]*no such tool/);
  expect(lines).toContain('to-out');
  const again = madeOf(
    await prepareWorkspace(
      { order: orderFor(repository.path, { setupCommand: 'echo fine' }), home, trees },
      quiet,
    ),
  );
  expect(await readdir(again.path)).toEqual(['.git', 'README.md']);
});

test('a stopped run ends its setup command and what it started', async () => {
  await using repository = await temporaryRepository();
  const stop = new AbortController();
  const order = orderFor(repository.path, { setupCommand: 'echo begun; sleep 600 & wait' });
  const made = await prepareWorkspace(
    { order, home: repository.home, trees: repository.trees, signal: stop.signal },
    (line) => {
      if (line === 'begun') stop.abort();
    },
  );
  expect(failureOf(made)).toContain('was stopped');
});

test('hooks of the project are not run', async () => {
  await using repository = await temporaryRepository();
  await writeFile(
    join(repository.path, '.git/hooks/post-checkout'),
    `#!/bin/sh\ntouch "${repository.root}/ran"\n`,
    { mode: 0o755 },
  );
  madeOf(
    await prepareWorkspace(
      { order: orderFor(repository.path), home: repository.home, trees: repository.trees },
      quiet,
    ),
  );
  expect(await readdir(repository.root)).not.toContain('ran');
});

test('what cannot be a worktree is said plainly', async () => {
  await using repository = await temporaryRepository();
  await using empty = await temporaryRepository({});
  const { home, trees } = repository;
  const attempt = async (path: string, baseBranch: string | null = null) =>
    failureOf(await prepareWorkspace({ order: orderFor(path, { baseBranch }), home, trees }, quiet));
  expect(await attempt(join(repository.root, 'missing'))).toMatch(/does not exist on this machine/);
  expect(await attempt(repository.root)).toMatch(/is not a git repository/);
  expect(await attempt(empty.path)).toMatch(/has no commit yet/);
  expect(await attempt(repository.path, '--force')).toMatch(/base branch --force does not exist/);
  await repository.run(['branch', 'qd']);
  expect(await attempt(repository.path)).toMatch(/could not be made.*rename it/);
});

test('a detached HEAD is a fine place to start', async () => {
  await using repository = await temporaryRepository();
  await repository.run(['checkout', '--quiet', '--detach']);
  const lines: string[] = [];
  madeOf(
    await prepareWorkspace(
      { order: orderFor(repository.path), home: repository.home, trees: repository.trees },
      (line) => lines.push(line),
    ),
  );
  expect(lines.join()).toMatch(/from the detached commit [0-9a-f]{10}/);
});

test('scratch folders are kept for a retry, and a given folder must exist', async () => {
  await using repository = await temporaryRepository();
  const { home, path, trees } = repository;
  const scratch = { order: orderFor(path, { kind: 'scratch' }), home, trees };
  expect(madeOf(await prepareWorkspace(scratch, quiet))).toMatchObject({
    path: join(home, 'workspaces/t_00000001'),
    isReused: false,
  });
  expect(madeOf(await prepareWorkspace(scratch, quiet)).isReused).toBe(true);
  const dir = async (given: string) =>
    prepareWorkspace({ order: orderFor(path, { kind: 'dir', path: given }), home, trees }, quiet);
  expect(madeOf(await dir(path))).toMatchObject({ path, branch: null });
  expect(failureOf(await dir(join(path, 'nowhere')))).toMatch(/does not exist on this machine/);
  expect(failureOf(await dir('relative'))).toMatch(/not an absolute path/);
});
