import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LandingResult, LandingStrategy } from '@quarterdeck/contract/landing';
import { describe, expect, it } from 'vitest';
import { landWork } from './land-work.ts';
import type { LandRequest } from './landing.ts';
import { prepareWorkspace } from './prepare-workspace.ts';
import { orderFor, type TemporaryRepository, temporaryRepository } from './temporary-repository.ts';

type Files = Readonly<Record<string, string>>;

/** A repository on main and a task's worktree with one commit of these files. */
async function withWork(files: Files, repository?: TemporaryRepository) {
  const repo = repository ?? (await temporaryRepository({ 'a.txt': 'one\ntwo\nthree\n', 'b.txt': 'b\n' }));
  const order = orderFor(repo.path, { baseBranch: 'main' });
  const prepared = await prepareWorkspace({ order, home: repo.home, trees: repo.trees }, () => undefined);
  if (!prepared.ok) throw new Error(prepared.failure);
  const { path: space } = prepared.value;
  await repo.write(files, space);
  const head = await repo.commit('Work', space);
  const land = (strategy: LandingStrategy, changes: Partial<LandRequest> = {}): Promise<LandingResult> =>
    landWork({
      home: repo.home,
      trees: repo.trees,
      base: null,
      startedFrom: null,
      taskId: order.taskId,
      title: 'Mend\nthe door',
      projectId: order.project.id,
      projectPath: repo.path,
      baseBranch: 'main',
      workspacePath: space,
      branch: `qd/${order.taskId}`,
      head: null,
      strategy,
      message: null,
      ...changes,
    });
  const tip = () => repo.run(['rev-parse', 'main']);
  const read = (name: string) => readFile(join(repo.path, name), 'utf8');
  return { repo, space, head, land, tip, read, [Symbol.asyncDispose]: () => repo[Symbol.asyncDispose]() };
}

const STRATEGIES = ['fast-forward', 'merge', 'squash'] as const;

describe('landing work', () => {
  it.each(STRATEGIES)('%s: the base branch and the clean checkout of it have the work', async (strategy) => {
    await using at = await withWork({ 'new.txt': 'new\n', 'a.txt': 'one\n2\nthree\n' });
    const result = await at.land(strategy, { head: at.head });
    expect(result).toMatchObject({ status: 'landed', strategy, into: 'main', files: [] });
    expect(result.commit).toBe(await at.tip());
    expect(await at.read('a.txt')).toBe('one\n2\nthree\n');
    expect(await at.read('new.txt')).toBe('new\n');
    expect(await at.repo.run(['status', '--porcelain'])).toBe('');
    expect(await at.repo.run(['worktree', 'list'])).not.toContain('landing');
    const parents = (await at.repo.run(['rev-list', '--parents', '-1', 'main'])).split(' ').length - 1;
    expect(parents).toBe(strategy === 'merge' ? 2 : 1);
  });

  it.each(STRATEGIES)(
    '%s: asked again it answers that it has landed, and changes nothing',
    async (strategy) => {
      await using at = await withWork({ 'new.txt': 'new\n' });
      await at.land(strategy);
      const first = await at.tip();
      await at.repo.write({ 'new.txt': 'changed since\n' });
      const later = await at.repo.commit('Go on');
      expect(await at.land(strategy)).toMatchObject({
        status: 'landed',
        message: 'The work is already in main.',
      });
      expect(await at.tip()).toBe(later);
      expect(later).not.toBe(first);
    },
  );

  it('merges and squashes work whose base has moved on, with the message that was given', async () => {
    await using at = await withWork({ 'new.txt': 'new\n' });
    await at.repo.write({ 'b.txt': 'moved on\n' });
    await at.repo.commit('Move on');
    expect(await at.land('fast-forward')).toMatchObject({ status: 'refused' });
    const result = await at.land('squash', { message: 'Mend it at last' });
    expect(result.status).toBe('landed');
    expect(await at.repo.run(['log', '-1', '--format=%B', 'main'])).toContain(
      `Mend it at last\n\nQuarterdeck-Task: t_00000001\nQuarterdeck-Head: ${at.head}`,
    );
    expect([await at.read('b.txt'), await at.read('new.txt')]).toEqual(['moved on\n', 'new\n']);
  });

  it.each(['merge', 'squash'] as const)(
    '%s: a conflict names the files and changes nothing',
    async (strategy) => {
      await using at = await withWork({ 'a.txt': 'one\nmine\nthree\n', 'new.txt': 'new\n' });
      await at.repo.write({ 'a.txt': 'one\nyours\nthree\n' });
      const before = await at.repo.commit('Yours');
      const result = await at.land(strategy);
      expect(result).toMatchObject({ status: 'conflict', files: ['a.txt'], commit: null });
      expect(result.message).toContain('Ask the agent');
      expect(await at.tip()).toBe(before);
      expect(await at.repo.run(['status', '--porcelain'])).toBe('');
      expect(await at.repo.run(['rev-parse', 'qd/t_00000001'])).toBe(at.head);
    },
  );

  it('keeps changes of the checkout that are not in the way', async () => {
    await using at = await withWork({ 'a.txt': 'one\n2\nthree\n' });
    await at.repo.write({ 'b.txt': 'half done\n', 'note.txt': 'mine\n' });
    expect(await at.land('merge')).toMatchObject({ status: 'landed' });
    expect([await at.read('a.txt'), await at.read('b.txt')]).toEqual(['one\n2\nthree\n', 'half done\n']);
  });

  it.each([
    ['a changed file', { 'a.txt': 'half done\n' }],
    ['a new file', { 'new.txt': 'mine\n' }],
  ] as const)('refuses when %s of the checkout is in the way, and says which', async (_, mine) => {
    await using at = await withWork({ 'a.txt': 'one\n2\nthree\n', 'new.txt': 'new\n' });
    await at.repo.write(mine);
    const before = await at.tip();
    const result = await at.land('merge');
    expect(result).toMatchObject({ status: 'refused', commit: null });
    const [name = '', content] = Object.entries(mine)[0] ?? [];
    expect(result.message).toContain(name);
    expect(result.message).toContain('Commit or stash them there');
    expect(await at.tip()).toBe(before);
    expect(await at.read(name)).toBe(content);
  });

  it('moves a base branch nobody has checked out, and leaves the checkout of another as it is', async () => {
    await using at = await withWork({ 'a.txt': 'one\n2\nthree\n' });
    await at.repo.run(['switch', '--quiet', '-c', 'other']);
    await at.repo.write({ 'a.txt': 'half done\n' });
    const result = await at.land('squash');
    expect(result).toMatchObject({ status: 'landed', commit: await at.tip() });
    expect(await at.read('a.txt')).toBe('half done\n');
    expect(await at.repo.run(['show', 'main:a.txt'])).toBe('one\n2\nthree');
  });

  it('brings along a worktree of the person that has the base branch', async () => {
    await using at = await withWork({ 'a.txt': 'one\n2\nthree\n' });
    await at.repo.run(['switch', '--quiet', '-c', 'other']);
    const beside = join(at.repo.root, 'beside');
    await at.repo.run(['worktree', 'add', '--quiet', beside, 'main']);
    expect(await at.land('merge')).toMatchObject({ status: 'landed' });
    expect(await readFile(join(beside, 'a.txt'), 'utf8')).toBe('one\n2\nthree\n');
  });

  it('lands only what was looked at: no newer commit, nothing uncommitted', async () => {
    await using at = await withWork({ 'a.txt': 'one\n2\nthree\n' });
    const before = await at.tip();
    expect((await at.land('merge', { head: before })).message).toContain('changed since you looked');
    await writeFile(join(at.space, 'late.txt'), 'late\n');
    expect((await at.land('merge')).message).toContain('not committed');
    expect(await at.tip()).toBe(before);
    expect(await readFile(join(at.space, 'late.txt'), 'utf8')).toBe('late\n');
  });

  it('lands from the branch alone when the workspace is gone, and says when the branch is gone', async () => {
    await using at = await withWork({ 'a.txt': 'one\n2\nthree\n' });
    await at.repo.run(['worktree', 'remove', '--force', at.space]);
    expect(await at.land('merge')).toMatchObject({ status: 'landed' });
    await at.repo.run(['branch', '-D', 'qd/t_00000001']);
    expect((await at.land('merge')).message).toContain('qd/t_00000001 is gone');
  });

  it('clears what a killed landing left, half merged and with a lock', async () => {
    await using at = await withWork({ 'a.txt': 'one\n2\nthree\n' });
    const leftover = join(at.repo.home, 'landing', 'p_00000001');
    await mkdir(join(at.repo.home, 'landing'), { recursive: true });
    await at.repo.run(['worktree', 'add', '--quiet', '--detach', leftover, 'main']);
    await at.repo.run(['merge', '--no-ff', '--no-commit', at.head], leftover);
    const lock = await at.repo.run(
      ['rev-parse', '--path-format=absolute', '--git-path', 'index.lock'],
      leftover,
    );
    await writeFile(lock, '');
    expect(await at.land('merge')).toMatchObject({ status: 'landed' });
  });

  it('goes on where a killed landing had laid a part of the files, and leaves the lock of others', async () => {
    await using at = await withWork({ 'a.txt': 'one\n2\nthree\n', 'new.txt': 'new\n' });
    const lock = join(at.repo.path, '.git/index.lock');
    await writeFile(lock, '');
    expect((await at.land('merge')).message).toContain(`delete ${lock}`);
    await writeFile(lock, 'Quarterdeck is landing work here.\n');
    await at.repo.write({ 'new.txt': 'new\n' });
    expect(await at.land('merge')).toMatchObject({ status: 'landed' });
    expect(await at.repo.run(['status', '--porcelain'])).toBe('');
    expect(await at.read('a.txt')).toBe('one\n2\nthree\n');
  });

  it('runs no hook and asks for no signature', async () => {
    await using at = await withWork({ 'a.txt': 'one\n2\nthree\n' });
    for (const hook of [
      'pre-merge-commit',
      'pre-commit',
      'commit-msg',
      'post-merge',
      'post-checkout',
      'reference-transaction',
    ])
      await writeFile(join(at.repo.path, '.git/hooks', hook), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
    await at.repo.run(['config', 'commit.gpgSign', 'true']);
    expect(await at.land('merge')).toMatchObject({ status: 'landed' });
  });

  it('says what to do without a local base branch', async () => {
    await using at = await withWork({ 'a.txt': 'one\n2\nthree\n' });
    expect((await at.land('merge', { baseBranch: 'trunk' })).message).toContain('no local branch trunk');
    await at.repo.run(['switch', '--quiet', '--detach']);
    expect((await at.land('merge', { baseBranch: null })).message).toContain('Set the base branch');
  });
});
