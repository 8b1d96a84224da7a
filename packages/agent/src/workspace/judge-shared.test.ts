import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keepWork } from './keep-work.ts';
import { landWork } from './land-work.ts';
import { prepareWorkspace } from './prepare-workspace.ts';
import { readDiff } from './read-diff.ts';
import { keepFor, orderFor, type TemporaryRepository, temporaryRepository } from './temporary-repository.ts';

async function prepared(repository: TemporaryRepository, taskId = 't_00000001') {
  const { home, trees } = repository;
  const order = orderFor(repository.path, { baseBranch: 'main', taskId });
  const made = await prepareWorkspace({ order, home, trees }, () => undefined);
  if (!made.ok) throw new Error(made.failure);
  const { path: space, branch, base } = made.value;
  const seen = { workspacePath: space, branch, projectPath: repository.path, baseBranch: 'main', trees };
  return {
    ...{ space, branch, base },
    git: (...args: readonly string[]) => repository.run(args, space),
    keep: () => keepWork(keepFor(repository, made.value, { baseBranch: 'main', taskId })),
    show: (head: string | null) => readDiff({ ...seen, base, head, isLive: false }),
    land: (from: string | null, head: string | null) =>
      landWork({
        ...{ home, trees, taskId, title: 'Work', projectId: 'p_00000001', message: null, strategy: 'squash' },
        ...{ ...seen, base: from, head },
      } as Parameters<typeof landWork>[0]),
  };
}

const CHANGES: Readonly<
  Record<
    string,
    readonly [
      (at: {
        repository: TemporaryRepository;
        git: (...args: string[]) => Promise<string>;
      }) => Promise<unknown>,
      RegExp,
    ]
  >
> = {
  'a setting that names a program': [
    ({ git }) => git('config', 'core.fsmonitor', 'evil'),
    /Danger.*core\.fsmonitor/,
  ],
  'a filter': [({ git }) => git('config', 'filter.x.clean', 'evil'), /Danger.*filter\.x\.clean/],
  'an alias': [({ git }) => git('config', 'alias.st', '!evil'), /Danger.*alias\.st/],
  'a harmless setting': [
    ({ git }) => git('config', 'user.nickname', 'x'),
    /config was changed since the run began: user\.nickname/,
  ],
  'a hook': [
    async ({ repository }) => {
      const hook = join(repository.path, '.git/hooks/pre-commit');
      await writeFile(hook, '#!/bin/sh\n');
      await chmod(hook, 0o755);
    },
    /Danger.*hooks\/pre-commit.*rm /,
  ],
  'attributes of the repository': [
    async ({ repository }) => writeFile(join(repository.path, '.git/info/attributes'), '* filter=x\n'),
    /info\/attributes/,
  ],
  'a replaced object': [({ git }) => git('replace', 'HEAD', 'HEAD~1'), /refs\/replace\/.*another object/],
  'a branch': [({ git }) => git('branch', 'feature'), /New during the run: branch feature.*update-ref -d/],
  'a branch that is gone': [
    ({ git }) => git('branch', '-D', 'other'),
    /branch other was deleted.*update-ref/,
  ],
  'a tag that moved': [({ git }) => git('tag', '--force', 'v1', 'HEAD~1'), /tag v1 was moved/],
};

test.each(Object.entries(CHANGES))(
  'S1: %s of the shared git folder is said after the run',
  async (_name, [change, said]) => {
    await using repository = await temporaryRepository();
    await repository.write({ 'second.txt': 'x\n' });
    await repository.commit('Second');
    await repository.run(['branch', 'other']);
    await repository.run(['tag', 'v1']);
    const at = await prepared(repository);
    await change({ repository, git: at.git });
    const kept = await at.keep();
    expect(kept.notes).toHaveLength(1);
    expect(kept.notes[0]).toMatch(said);
    expect(kept.keepFailure).toBeNull();
  },
);

test('S1: what Quarterdeck and other tasks do beside a run is no news', async () => {
  await using repository = await temporaryRepository();
  const [one, other] = [await prepared(repository), await prepared(repository, 't_00000002')];
  await repository.write({ 'one.txt': '1\n' }, one.space);
  await repository.write({ 'other.txt': '2\n' }, other.space);
  expect((await other.keep()).notes).toEqual([]);
  expect((await one.keep()).notes).toEqual([]);
});

test('S1: a base branch that the person moved on is said calmly, and the work lands', async () => {
  await using repository = await temporaryRepository();
  const at = await prepared(repository);
  await repository.write({ 'theirs.txt': 'x\n' });
  await repository.commit('Theirs');
  await repository.write({ 'mine.txt': 'x\n' }, at.space);
  const kept = await at.keep();
  expect(kept).toMatchObject({
    pastReview: null,
    notes: [expect.stringMatching(/main moved on .* None of this task's commits/)],
  });
  expect(await at.land(at.base, kept.commit)).toMatchObject({ status: 'landed' });
});

test.each(['all of its work', 'a part of its work'])(
  'S2: an agent that moves the base branch to %s is found out',
  async (how) => {
    await using repository = await temporaryRepository();
    const main = await repository.run(['rev-parse', 'main']);
    await repository.run(['switch', '--quiet', '-c', 'person']);
    const at = await prepared(repository);
    await repository.write({ 'backdoor.sh': 'evil\n' }, at.space);
    await repository.commit('Backdoor', at.space);
    if (how === 'a part of its work') await at.git('update-ref', 'refs/heads/main', 'HEAD');
    await repository.write({ 'docs.md': 'harmless\n' }, at.space);
    await repository.commit('Docs', at.space);
    if (how === 'all of its work') await at.git('update-ref', 'refs/heads/main', 'HEAD');
    const kept = await at.keep();
    expect(kept.pastReview).toMatch(/in main already, though nobody landed/);
    const shown = await at.show(kept.commit);
    expect(shown).toMatchObject({ ok: true, value: { base: main } });
    if (shown.ok) expect(shown.value.patch).toContain('backdoor.sh');
    const refused = await at.land(main, kept.commit);
    expect(refused).toMatchObject({
      status: 'refused',
      message: expect.stringContaining('nobody landed them'),
    });
    await repository.run(['update-ref', 'refs/heads/main', main]);
    expect(await at.land(main, kept.commit)).toMatchObject({ status: 'landed' });
  },
);

test('S2: a base that is another one by now is refused, and so is a head', async () => {
  await using repository = await temporaryRepository();
  const at = await prepared(repository);
  await repository.write({ 'mine.txt': 'x\n' }, at.space);
  const kept = await at.keep();
  await repository.write({ 'theirs.txt': 'x\n' });
  const later = await repository.commit('Theirs');
  await at.git('merge', '--quiet', '--no-edit', 'main');
  const again = await at.keep();
  expect(await at.land(at.base, kept.commit)).toMatchObject({ status: 'refused', isOutdated: true });
  expect(await at.land(later, again.commit)).toMatchObject({ status: 'refused', isOutdated: true });
  expect(await at.land(at.base, again.commit)).toMatchObject({ status: 'landed' });
});

test('S2: a commit that only says it is the squash of the work does not count as landed', async () => {
  await using repository = await temporaryRepository();
  const at = await prepared(repository);
  await repository.write({ 'mine.txt': 'x\n' }, at.space);
  const kept = await at.keep();
  await repository.run([
    'commit',
    '--quiet',
    '--allow-empty',
    '-m',
    `Trick\n\nQuarterdeck-Head: ${kept.commit}`,
  ]);
  expect(await at.land(at.base, kept.commit)).toMatchObject({
    status: 'landed',
    message: 'The work is in main.',
  });
  expect(await repository.run(['show', 'main:mine.txt'])).toBe('x');
});
