import { appendFile, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keepWork } from './keep-work.ts';
import { prepareWorkspace } from './prepare-workspace.ts';
import { readDiff } from './read-diff.ts';
import { removeWorkspace } from './remove-workspace.ts';
import { keepFor, orderFor, type TemporaryRepository, temporaryRepository } from './temporary-repository.ts';

/** The files that a patch changes. */
function pathsOf(patch: string): readonly string[] {
  return [...patch.matchAll(/^diff --git a\/(\S+) /gm)].map(([, path = '']) => path);
}

async function prepared(repository: TemporaryRepository, taskId: string) {
  const order = orderFor(repository.path, { baseBranch: 'main', taskId });
  const made = await prepareWorkspace({ order, ...repository }, () => undefined);
  if (!made.ok) throw new Error(made.failure);
  const { path, branch, base } = made.value;
  const spot = { trees: repository.trees, projectPath: repository.path };
  const seen = { ...spot, workspacePath: path, branch, base, baseBranch: 'main', head: null, isLive: true };
  return {
    path,
    notes: made.value.notes,
    keep: () => keepWork(keepFor(repository, made.value, { baseBranch: 'main', taskId })),
    show: () => readDiff(seen),
    remove: () => removeWorkspace({ ...spot, path, kind: 'worktree' }),
  };
}

const CHANGES = {
  'a line that names all files': (list: string) => appendFile(list, '*\n'),
  'another list': (list: string) => writeFile(list, '/work.txt\n'),
  'a list that shows secrets': (list: string) => rm(list),
};

test.each(Object.entries(CHANGES))(
  'F10: %s, which one agent gave the repository, hides no work of any task and shows nothing',
  async (_name, change) => {
    await using repository = await temporaryRepository();
    const list = join(repository.path, '.git/info/exclude');
    await writeFile(list, 'secret.env\n');
    const [own, other] = [await prepared(repository, 't_00000001'), await prepared(repository, 't_00000002')];
    await change(list);
    const later = await prepared(repository, 't_00000003');
    for (const task of [own, other, later]) {
      await repository.write({ 'work.txt': 'work\n', 'secret.env': 'secret\n' }, task.path);
      const shown = await task.show();
      expect(shown.ok && pathsOf(shown.value.patch)).toEqual(['work.txt']);
      expect(await task.remove()).toEqual({ ok: false, failure: 'it has uncommitted work' });
      const kept = await task.keep();
      expect(kept.notes).toEqual([expect.stringMatching(/info\/exclude.* goes on with the list as it was/)]);
      const files = await repository.run(['ls-tree', '-r', '--name-only', kept.commit ?? '']);
      expect(files.split('\n')).toEqual(['README.md', 'work.txt']);
    }
  },
);

test('F10: a list that the person changed is used when the person says so', async () => {
  await using repository = await temporaryRepository();
  const list = join(repository.path, '.git/info/exclude');
  await writeFile(list, '');
  const task = await prepared(repository, 't_00000001');
  await appendFile(list, 'mine.log\n');
  await repository.write({ 'mine.log': 'x\n', 'work.txt': 'x\n' }, task.path);
  const again = await prepared(repository, 't_00000002');
  const said = (await again.keep()).notes[0] ?? '';
  const note = /read again: rm '(.+)'$/.exec(said)?.[1] ?? '';
  expect(await readFile(note, 'utf8')).toBe('');
  await rm(note);
  const next = await prepared(repository, 't_00000003');
  await repository.write({ 'mine.log': 'x\n', 'work.txt': 'x\n' }, next.path);
  const kept = await next.keep();
  expect(kept.notes).toEqual([]);
  const files = await repository.run(['ls-tree', '-r', '--name-only', kept.commit ?? '']);
  expect(files.split('\n')).toEqual(['README.md', 'work.txt']);
});
