import { expect, test } from 'vitest';
import { keepWork } from './keep-work.ts';
import { landWork } from './land-work.ts';
import { prepareWorkspace } from './prepare-workspace.ts';
import {
  keepFor,
  landFor,
  orderFor,
  type TemporaryRepository,
  temporaryRepository,
} from './temporary-repository.ts';

async function prepared(repository: TemporaryRepository, baseBranch: string | null) {
  const order = orderFor(repository.path, { baseBranch });
  const made = await prepareWorkspace({ order, ...repository }, () => undefined);
  if (!made.ok) throw new Error(made.failure);
  await repository.write({ 'new.txt': 'x\n' }, made.value.path);
  return {
    keep: () => keepWork(keepFor(repository, made.value, { baseBranch })),
    land: (strategy: 'merge' | 'squash' | 'fast-forward') =>
      landWork(landFor(repository, made.value, { baseBranch, strategy })),
  };
}

const STRATEGIES = ['merge', 'squash', 'fast-forward'] as const;

test.each(STRATEGIES)(
  'S1: a landing by %s on a branch that is another name of a second one moves neither',
  async (strategy) => {
    await using repository = await temporaryRepository();
    await repository.run(['branch', 'release']);
    const at = await prepared(repository, 'main');
    await repository.run(['symbolic-ref', 'refs/heads/main', 'refs/heads/release']);
    await at.keep();
    const before = await repository.run(['rev-parse', 'release']);
    expect(await at.land(strategy)).toMatchObject({
      status: 'refused',
      message: expect.stringMatching(/main is only another name of release.*Nothing was changed/),
    });
    expect(await repository.run(['rev-parse', 'release'])).toBe(before);
  },
);

test.each(STRATEGIES)(
  'S1: a landing by %s brings the checkout of the person along though a setting says there is none',
  async (strategy) => {
    await using repository = await temporaryRepository();
    const at = await prepared(repository, 'main');
    await repository.run(['config', 'core.bare', 'true']);
    await at.keep();
    expect(await at.land(strategy)).toMatchObject({ status: 'landed' });
    await repository.run(['config', 'core.bare', 'false']);
    expect(await repository.run(['status', '--porcelain'])).toBe('');
    expect(await repository.run(['show', 'HEAD:new.txt'])).toBe('x');
  },
);

test.each(STRATEGIES)(
  'S1: without a base branch a landing by %s does not go to what was checked out during the run',
  async (strategy) => {
    await using repository = await temporaryRepository();
    await repository.run(['branch', 'release']);
    const at = await prepared(repository, null);
    await repository.run(['symbolic-ref', 'HEAD', 'refs/heads/release']);
    const { notes } = await at.keep();
    expect(notes).toEqual([expect.stringMatching(/had branch main checked out .* has branch release now/)]);
    const before = await repository.run(['rev-parse', 'release']);
    expect(await at.land(strategy)).toMatchObject({ status: 'refused' });
    expect(await repository.run(['rev-parse', 'release'])).toBe(before);
    await repository.run(['symbolic-ref', 'HEAD', 'refs/heads/main']);
    expect(await at.land(strategy)).toMatchObject({ status: 'landed', into: 'main' });
  },
);

test('S1: a worktree of the person that has something else checked out after the run is named, with the way back', async () => {
  await using repository = await temporaryRepository();
  const mine = `${repository.root}/my $(id) worktree`;
  await repository.run(['worktree', 'add', '--quiet', '-b', 'mine', mine]);
  const at = await prepared(repository, 'main');
  await repository.run(['checkout', '--quiet', '--detach'], mine);
  expect((await at.keep()).notes).toEqual([
    expect.stringMatching(
      /had branch mine checked out .* has the commit .*'.*my \$\(id\) worktree' symbolic-ref HEAD refs\/heads\/mine$/,
    ),
  ]);
});
