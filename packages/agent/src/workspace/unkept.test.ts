import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { appendFile, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { keepWork } from './keep-work.ts';
import { prepareWorkspace } from './prepare-workspace.ts';
import { readDiff } from './read-diff.ts';
import { keepFor, orderFor, temporaryRepository } from './temporary-repository.ts';
import type { KeepRequest } from './workspace.ts';

const BRANCH = 'qd/t_00000001';

async function prepared(
  files: Readonly<Record<string, string>> = { 'a.txt': 'one\ntwo\nthree\n', 'b.txt': 'b\n' },
) {
  const repository = await temporaryRepository(files);
  const { home, trees } = repository;
  const request = { order: orderFor(repository.path, { baseBranch: 'main' }), home, trees };
  const made = await prepareWorkspace(request, () => undefined);
  if (!made.ok) throw new Error(made.failure);
  const { path: space, base } = made.value;
  return {
    ...{ repository, space, base },
    git: (...args: readonly string[]) => repository.run(args, space),
    write: (written: Readonly<Record<string, string>>) => repository.write(written, space),
    keep: (changes: Partial<KeepRequest> = {}) =>
      keepWork(keepFor(repository, made.value, { baseBranch: 'main', ...changes })),
    prepare: () => prepareWorkspace(request, () => undefined),
    files: async () => (await repository.run(['ls-tree', '-r', '--name-only', BRANCH])).split('\n'),
    [Symbol.asyncDispose]: () => repository[Symbol.asyncDispose](),
  };
}

type Prepared = Awaited<ReturnType<typeof prepared>>;

const BAD: Readonly<Record<string, readonly [(at: Prepared) => Promise<unknown>, string]>> = {
  'F02: a repository inside without a commit': [
    async ({ space, git }) => {
      await git('init', '--quiet', 'inner');
      await writeFile(join(space, 'inner/a.txt'), 'x');
    },
    'inner/',
  ],
  'F02: a repository inside with commits': [
    async ({ repository, git, space }) => {
      await git('init', '--quiet', 'deep/inner');
      await writeFile(join(space, 'deep/inner/a.txt'), 'x');
      await repository.commit('Inner', join(space, 'deep/inner'));
    },
    'deep/inner/',
  ],
  'F02: a repository inside that the agent committed itself, as a pointer': [
    async ({ repository, git, space }) => {
      await git('init', '--quiet', 'inner');
      await writeFile(join(space, 'inner/a.txt'), 'x');
      await repository.commit('Inner', join(space, 'inner'));
      await repository.commit('All', space);
    },
    'inner',
  ],
  'F02: a file that became a repository': [
    async ({ git, space }) => {
      await git('rm', '--quiet', '--cached', 'b.txt');
      await promisify(execFile)('rm', [join(space, 'b.txt')]);
      await git('init', '--quiet', 'b.txt');
    },
    'b.txt/',
  ],
  'F01: a pipe': [({ space }) => promisify(execFile)('mkfifo', [join(space, 'pipe')]), 'pipe'],
  'F01: a pipe in place of a file': [
    async ({ space }) => promisify(execFile)('sh', ['-c', 'rm b.txt && mkfifo b.txt'], { cwd: space }),
    'b.txt',
  ],
  'F01: a file whose encoding cannot be turned into text': [
    ({ write }) => write({ '.gitattributes': 'odd.txt working-tree-encoding=UTF-16\n', 'odd.txt': 'x' }),
    'odd.txt',
  ],
};

const LIKE_GIT = ['.GIT', '.git ', 'git~1', 'GIT~1', '.gi\u200Ct', 'd/.Git/x', '.GIT/config', 'd/.git./x'];

test.each(LIKE_GIT)('F02: %j, which git passes over in silence, is left out and named', async (path) => {
  await using at = await prepared();
  await at.write({ [path]: 'x\n', 'good.txt': 'good\n' });
  const live = await readDiff({
    ...{ projectPath: at.repository.path, baseBranch: 'main', workspacePath: at.space, branch: BRANCH },
    ...{ base: at.base, head: null, isLive: true, trees: at.repository.trees },
  });
  expect(live).toMatchObject({ ok: true, value: { leftOut: [{ path }], stat: { files: 1 } } });
  const kept = await at.keep();
  expect(kept).toMatchObject({ keepFailure: null, leftOut: [{ path, why: expect.stringMatching(/name/) }] });
  expect(await at.files()).toContain('good.txt');
});

test.each(Object.entries(BAD))(
  '%s is left out and named, and the rest is kept',
  async (_name, [make, path]) => {
    await using at = await prepared();
    await make(at);
    await at.write({ 'good.txt': 'good\n', 'söme where/good.txt': 'good\n' });
    const kept = await at.keep();
    expect(kept).toMatchObject({ keepFailure: null, leftOut: [{ path, why: expect.any(String) }] });
    expect(await at.files()).toEqual(expect.arrayContaining(['good.txt', 'söme where/good.txt']));
    expect(kept.leftOut[0]?.why).toMatch(/repository|neither a file|encod/);
  },
);

test('F01: line ends that the person wants git to refuse do not keep work from being kept', async () => {
  await using at = await prepared();
  await at.repository.run(['config', 'core.safecrlf', 'true']);
  await at.repository.run(['config', 'core.autocrlf', 'true']);
  await at.write({ 'mixed.txt': 'one\r\ntwo\n' });
  expect(await at.keep()).toMatchObject({ keepFailure: null, leftOut: [] });
  expect(await at.files()).toContain('mixed.txt');
});

test('F01: names of bytes that are no text, links and empty files are kept as they are', async () => {
  await using at = await prepared();
  await writeFile(Buffer.concat([Buffer.from(`${at.space}/`), Buffer.from([0x66, 0xff, 0xfe])]), 'x');
  await at.write({ 'tab\tand\nline': 'x', '"quoted"': '', '-rf': 'x' });
  await symlink('/nowhere', join(at.space, 'dangling'));
  expect(await at.keep()).toMatchObject({ keepFailure: null, leftOut: [], diffStat: { files: 5 } });
  expect(await at.git('status', '--porcelain')).toBe('');
});

/** Puts a change of the same line on the base branch and on the task's. */
async function conflict(at: Prepared): Promise<void> {
  await at.repository.write({ 'a.txt': 'one\nyours\nthree\n' });
  await at.repository.commit('Yours');
  await at.write({ 'a.txt': 'one\nmine\nthree\n' });
  await at.repository.commit('Mine', at.space);
}

const UNDER_WAY: Readonly<Record<string, readonly [(at: Prepared) => Promise<unknown>, string]>> = {
  'a merge with marks in a file': [({ git }) => git('merge', 'main').catch(() => ''), 'merge --continue'],
  'a merge whose marks were added': [
    async ({ git }) => {
      await git('merge', 'main').catch(() => '');
      await git('add', '--all');
    },
    'merge --continue',
  ],
  'a rebase': [({ git }) => git('rebase', 'main').catch(() => ''), 'rebase --continue'],
  'a cherry-pick': [({ git }) => git('cherry-pick', 'main').catch(() => ''), 'cherry-pick --continue'],
  'a revert': [
    async (at) => {
      await at.repository.commit('Again', at.space).catch(() => '');
      await at.write({ 'a.txt': 'one\nother\nthree\n' });
      await at.repository.commit('Other', at.space);
      await at.git('revert', '--no-edit', 'HEAD~1').catch(() => '');
    },
    'revert --continue',
  ],
  'a stash that does not fit': [
    async ({ git, write }) => {
      await write({ 'a.txt': 'one\nstashed\nthree\n' });
      await git('stash');
      await write({ 'a.txt': 'one\nnewer\nthree\n' });
      await git('commit', '--quiet', '--all', '-m', 'Newer');
      await git('stash', 'pop').catch(() => '');
    },
    'add -- a.txt',
  ],
};

test.each(Object.entries(UNDER_WAY))(
  'F09: %s is not kept as finished work',
  async (_name, [begin, remedy]) => {
    await using at = await prepared();
    await conflict(at);
    await begin(at);
    const before = await at.repository.run(['rev-parse', BRANCH]);
    const kept = await at.keep();
    expect(kept.keepFailure).toMatch(/conflicts that nobody resolved|under way/);
    expect(kept.keepRemedy).toContain(remedy);
    expect(await at.repository.run(['rev-parse', BRANCH])).toBe(before);
    expect(await at.git('status', '--porcelain')).not.toBe('');
  },
);

test('F09: a merge whose conflicts the agent resolved is committed as a merge, and nothing is left under way', async () => {
  await using at = await prepared();
  await conflict(at);
  await at.git('merge', 'main').catch(() => '');
  await at.write({ 'a.txt': 'one\nours together\nthree\n' });
  expect(await at.keep()).toMatchObject({ keepFailure: null });
  expect((await at.repository.run(['rev-list', '--parents', '-1', BRANCH])).split(' ')).toHaveLength(3);
  expect(await at.git('status', '--porcelain')).toBe('');
  expect(existsSync(await at.git('rev-parse', '--git-path', 'MERGE_HEAD'))).toBe(false);
});

test('F09: after a person has resolved it, keeping again succeeds', async () => {
  await using at = await prepared();
  await conflict(at);
  await at.git('merge', 'main').catch(() => '');
  expect((await at.keep()).keepFailure).not.toBeNull();
  await at.write({ 'a.txt': 'one\nresolved\nthree\n' });
  await at.git('add', 'a.txt');
  for (const _again of [1, 2])
    expect(await at.keep()).toMatchObject({ keepFailure: null, diffStat: { files: 1 } });
});

test.each([
  '# 12 mend the door',
  '',
  '   ',
  '-m odd',
  'scissors # ------------------------ >8 ------------------------',
])('F06: the title %j is the subject, whatever the settings', async (title) => {
  await using at = await prepared();
  await at.repository.run(['config', 'commit.cleanup', 'scissors']);
  await at.repository.run(['config', 'core.commentChar', '#']);
  await at.write({ 'new.txt': 'x\n' });
  await at.keep({ title });
  const subject = await at.repository.run(['log', '-1', '--format=%s', BRANCH]);
  expect(subject).toBe(`${title.trim()} (t_00000001)`.trim());
});

test('F10: a branch that a person looks at in a folder of theirs stays, and the work is kept beside it', async () => {
  await using at = await prepared();
  await at.git('switch', '--quiet', '--detach');
  await at.repository.run(['switch', '--quiet', BRANCH]);
  await at.write({ 'new.txt': 'x\n' });
  const kept = await at.keep();
  expect(kept.keepFailure).toContain(`checked out in ${at.repository.path}`);
  expect(kept.keepRemedy).toContain('switch --detach');
  expect(await at.repository.run(['status', '--porcelain'])).toBe('');
  expect(await at.repository.run(['show', 'refs/quarterdeck/kept/r_00000001:new.txt'])).toBe('x');
  await at.repository.run(['switch', '--quiet', 'main']);
  expect(await at.keep()).toMatchObject({ keepFailure: null, diffStat: { files: 1 } });
  expect(await at.git('branch', '--show-current')).toBe(BRANCH);
});

test('F01: work on a branch of its own that lacks the task branch is kept beside it, with a command', async () => {
  await using at = await prepared();
  await at.write({ 'first.txt': 'x\n' });
  await at.keep();
  await at.git('switch', '--quiet', '-c', 'other', 'main');
  await at.write({ 'second.txt': 'x\n' });
  const kept = await at.keep();
  expect(kept).toMatchObject({
    keepFailure: expect.stringContaining('Merge the two'),
    keepRemedy: expect.stringContaining(`merge ${BRANCH}`),
  });
  expect(await at.repository.run(['show', 'refs/quarterdeck/kept/r_00000001:second.txt'])).toBe('x');
});

test('F01: the next attempt starts clean, on the branch, whatever the one before left', async () => {
  await using at = await prepared();
  await at.git('switch', '--quiet', '-c', 'own');
  await at.write({ 'new.txt': 'x\n' });
  await at.git('update-index', '--assume-unchanged', 'a.txt');
  await at.keep();
  expect(await at.prepare()).toMatchObject({ ok: true, value: { isReused: true, base: at.base } });
  expect(await at.git('branch', '--show-current')).toBe(BRANCH);
  expect(await at.git('status', '--porcelain')).toBe('');
  await appendFile(join(at.space, 'a.txt'), 'more\n');
  expect(await at.git('status', '--porcelain')).toBe('M a.txt');
});

test('S8: files named in .worktreeinclude are not copied through a link of the branch', async () => {
  await using repository = await temporaryRepository({
    '.gitignore': '*.env\n',
    '.worktreeinclude': '*.env\n',
    'config/a.txt': 'a\n',
  });
  const { home, trees } = repository;
  const outside = join(repository.root, 'outside');
  await mkdir(outside);
  await repository.run(['switch', '--quiet', '-c', BRANCH]);
  await repository.run(['rm', '--quiet', '-r', 'config']);
  await symlink(outside, join(repository.path, 'config'));
  await repository.commit('Link');
  await repository.run(['switch', '--quiet', 'main']);
  await repository.write({ 'config/prod.env': 'KEY=1\n', 'top.env': 'KEY=2\n' });
  const made = await prepareWorkspace(
    { order: orderFor(repository.path, { baseBranch: 'main' }), home, trees },
    () => undefined,
  );
  if (!made.ok) throw new Error(made.failure);
  expect(existsSync(join(outside, 'prod.env'))).toBe(false);
  expect(existsSync(join(made.value.path, 'top.env'))).toBe(true);
});

test('S1 e: a repository that an agent makes in a scratch folder is looked at without its settings', async () => {
  await using repository = await temporaryRepository();
  const { home, trees, root } = repository;
  const made = await prepareWorkspace(
    { order: orderFor(repository.path, { kind: 'scratch' }), home, trees },
    () => undefined,
  );
  if (!made.ok) throw new Error(made.failure);
  const { path } = made.value;
  await repository.run(['init', '--quiet'], path);
  await repository.write({ 'a.txt': 'x\n', '.gitattributes': '* filter=x\n' }, path);
  await repository.commit('Mine', path);
  for (const name of ['filter.x.clean', 'filter.x.process', 'core.fsmonitor'])
    await repository.run(['config', name, `touch '${root}/witness'; cat`], path);
  await repository.write({ 'a.txt': 'dirty\n' }, path);
  const given = { workspacePath: path, branch: null, projectPath: repository.path, baseBranch: null };
  expect(await readDiff({ ...given, base: null, head: null, isLive: true, trees })).toMatchObject({
    ok: true,
  });
  expect(existsSync(join(root, 'witness'))).toBe(false);
});
