import { expect, test } from 'vitest';
import { keepWork } from './keep-work.ts';
import { landWork } from './land-work.ts';
import { prepareWorkspace } from './prepare-workspace.ts';
import { readDiff } from './read-diff.ts';
import {
  keepFor,
  landFor,
  orderFor,
  type TemporaryRepository,
  temporaryRepository,
} from './temporary-repository.ts';

/** The files that a patch changes. */
function pathsOf(patch: string): readonly string[] {
  return [...patch.matchAll(/^diff --git a\/(\S+) /gm)].map(([, path = '']) => path);
}

async function prepared(repository: TemporaryRepository, taskId = 't_00000001') {
  const order = orderFor(repository.path, { baseBranch: 'main', taskId });
  const made = await prepareWorkspace({ order, ...repository }, () => undefined);
  if (!made.ok) throw new Error(made.failure);
  const { path: space, branch, base } = made.value;
  const seen = { workspacePath: space, branch, projectPath: repository.path, baseBranch: 'main' };
  return {
    ...{ space, branch, base },
    git: (...args: readonly string[]) => repository.run(args, space),
    keep: () => keepWork(keepFor(repository, made.value, { baseBranch: 'main', taskId })),
    show: (head: string | null) => readDiff({ ...seen, trees: repository.trees, base, head, isLive: false }),
    land: (from: string | null, head: string | null, strategy: 'merge' | 'squash' | 'fast-forward') =>
      landWork(landFor(repository, made.value, { taskId: order.taskId, base: from, head, strategy })),
  };
}

type At = Awaited<ReturnType<typeof prepared>>;

/** Ways to bring a commit into the base branch and the task's branch that leave no trace of having been made in the worktree. */
const PAST: Readonly<Record<string, (at: At, repository: TemporaryRepository) => Promise<unknown>>> = {
  'made by commit-tree and taken over by reset': async ({ git, space }, repository) => {
    await repository.write({ 'backdoor.sh': 'evil\n' }, space);
    await git('add', '--all');
    const made = await git('commit-tree', '-m', 'Typo', '-p', 'main', await git('write-tree'));
    await git('update-ref', 'refs/heads/main', made);
    await git('reset', '--quiet', '--hard', made);
  },
  'made in another worktree and taken over by merge': async ({ git, space }, repository) => {
    const elsewhere = `${space}-elsewhere`;
    await git('worktree', 'add', '--quiet', '--detach', elsewhere, 'main');
    await repository.write({ 'backdoor.sh': 'evil\n' }, elsewhere);
    const made = await repository.commit('Typo', elsewhere);
    await git('update-ref', 'refs/heads/main', made);
    await git('worktree', 'remove', '--force', elsewhere);
    await git('merge', '--quiet', '--ff-only', 'main');
  },
};

test.each(Object.entries(PAST))(
  'S2: a commit %s is shown with the changes, whatever git noted of it',
  async (_name, act) => {
    await using repository = await temporaryRepository();
    await repository.run(['switch', '--quiet', '-c', 'person']);
    const at = await prepared(repository);
    await act(at, repository);
    await repository.write({ 'docs.md': 'harmless\n' }, at.space);
    await repository.commit('Docs', at.space);
    const kept = await at.keep();
    expect([...kept.notes, kept.pastReview ?? ''].join('\n')).toMatch(/nobody landed/);
    for (const round of ['after this run', 'after one more']) {
      const shown = await at.show(kept.commit);
      const paths = shown.ok ? pathsOf(shown.value.patch) : [];
      expect(paths, round).toEqual(['backdoor.sh', 'docs.md']);
      await prepared(repository);
      await at.keep();
    }
    expect(
      await at.land((await repository.run(['rev-parse', 'main'])) ?? null, kept.commit, 'merge'),
    ).toMatchObject({
      status: 'refused',
    });
  },
);

test('S2: a commit of the person that the agent merges is told calmly, is shown, and lands with the work', async () => {
  await using repository = await temporaryRepository();
  const at = await prepared(repository);
  await repository.write({ 'theirs.txt': 'x\n' });
  await repository.commit('Theirs');
  await repository.write({ 'mine.txt': 'x\n' }, at.space);
  await repository.commit('Mine', at.space);
  await at.git('merge', '--quiet', '--no-edit', 'main');
  const kept = await at.keep();
  expect(kept).toMatchObject({
    pastReview: null,
    notes: [
      expect.stringMatching(/main moved on .* taken up 1 of its new commits .* shown with the changes/),
    ],
  });
  const shown = await at.show(kept.commit);
  const paths = shown.ok ? pathsOf(shown.value.patch) : [];
  expect(paths).toEqual(['mine.txt', 'theirs.txt']);
  expect(await at.land(at.base, kept.commit, 'squash')).toMatchObject({ status: 'landed' });
});

test.each(['merge', 'squash', 'fast-forward'] as const)(
  'S2: what was landed by %s during a run is not shown again as the changes of the task that took it up',
  async (strategy) => {
    await using repository = await temporaryRepository();
    const [first, second] = [await prepared(repository), await prepared(repository, 't_00000002')];
    await repository.write({ 'first.txt': 'x\n' }, first.space);
    const done = await first.keep();
    expect(await first.land(first.base, done.commit, strategy)).toMatchObject({ status: 'landed' });
    const main = await repository.run(['rev-parse', 'main']);
    await repository.write({ 'second.txt': 'x\n' }, second.space);
    await repository.commit('Second', second.space);
    await second.git('merge', '--quiet', '--no-edit', 'main');
    const kept = await second.keep();
    expect(kept.pastReview).toBeNull();
    const shown = await second.show(kept.commit);
    const paths = shown.ok ? pathsOf(shown.value.patch) : [];
    expect(paths).toEqual(['second.txt']);
    expect(await second.land(main, kept.commit, strategy)).toMatchObject({ status: 'landed' });
  },
);
