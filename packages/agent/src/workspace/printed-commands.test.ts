import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { keepWork } from './keep-work.ts';
import { landWork } from './land-work.ts';
import { prepareWorkspace } from './prepare-workspace.ts';
import { keepFor, landFor, orderFor, temporaryRepository } from './temporary-repository.ts';

/** What a shell makes of a printed command of git: its words, and nothing else is run. */
async function wordsOf(command: string, cwd: string): Promise<readonly string[]> {
  const script = `git() { printf '%s\\n' "$@"; }\n${command}`;
  const answer = await promisify(execFile)('sh', ['-c', script], { cwd });
  return answer.stdout.trimEnd().split('\n');
}

const HOSTILE = [
  'a;touch${IFS}PWN;#',
  '$(id>&2)',
  '`touch${IFS}PWN`',
  "it's",
  'a&&touch${IFS}PWN',
  'a|sh',
  '"a"',
  'a>PWN',
  '#a',
  '!!',
  '-D',
  '{a,b}',
];

test.each(HOSTILE)(
  'S1: commands that undo what became of a ref named %s hold it as one word',
  async (name) => {
    await using repository = await temporaryRepository();
    const start = await repository.run(['rev-parse', 'main']);
    const other = await repository.run(['commit-tree', '-m', 'x', 'main^{tree}']);
    const made = [`refs/heads/${name}`, `refs/tags/${name}`];
    const moved = ['refs/heads/moved/', 'refs/tags/gone/'].map((prefix) => `${prefix}${name}`);
    for (const ref of moved) await repository.run(['update-ref', ref, start]);
    const order = orderFor(repository.path, { baseBranch: 'main' });
    const prepared = await prepareWorkspace({ order, ...repository }, () => undefined);
    if (!prepared.ok) throw new Error(prepared.failure);
    for (const ref of made) await repository.run(['update-ref', ref, start]);
    await repository.run(['update-ref', moved[0] ?? '', other]);
    await repository.run(['update-ref', '-d', moved[1] ?? '']);
    const { notes } = await keepWork(keepFor(repository, prepared.value, { baseBranch: 'main' }));
    const commands = notes.map((note) => note.slice(note.indexOf('git -C')));
    const words = await Promise.all(commands.map((command) => wordsOf(command, repository.home)));
    const undo = (...rest: readonly string[]) => ['-C', repository.path, 'update-ref', ...rest];
    const expected = [...made.map((ref) => undo('-d', ref)), ...moved.map((ref) => undo(ref, start))];
    expect([...words].sort()).toEqual(expected.sort());
    expect(await readdir(repository.home)).not.toContain('PWN');
  },
);

test.each(HOSTILE)('S1: commands that take a base branch named %s back hold it as one word', async (name) => {
  await using repository = await temporaryRepository();
  const start = await repository.run(['rev-parse', 'main']);
  const baseBranch = `base/${name}`;
  await repository.run(['update-ref', `refs/heads/${baseBranch}`, start]);
  const order = orderFor(repository.path, { baseBranch });
  const prepared = await prepareWorkspace({ order, ...repository }, () => undefined);
  if (!prepared.ok) throw new Error(prepared.failure);
  await repository.write({ 'past.txt': 'x\n' }, prepared.value.path);
  const past = await repository.commit('Past review', prepared.value.path);
  await repository.run(['update-ref', `refs/heads/${baseBranch}`, past]);
  const kept = await keepWork(keepFor(repository, prepared.value, { baseBranch }));
  const landed = await landWork(landFor(repository, prepared.value, { baseBranch }));
  const undo = ['-C', repository.path, 'update-ref', `refs/heads/${baseBranch}`, start];
  for (const said of [kept.pastReview ?? '', landed.message])
    expect(await wordsOf(said.slice(said.indexOf('git -C')), repository.home)).toEqual(undo);
  const missing = await landWork(landFor(repository, prepared.value, { baseBranch: `gone/${name}` }));
  const command = /\((git branch .+)\), or change/.exec(missing.message)?.[1] ?? '';
  expect(await wordsOf(command, repository.home)).toEqual(['branch', `gone/${name}`, `origin/gone/${name}`]);
  expect(await readdir(join(repository.home))).not.toContain('PWN');
});
