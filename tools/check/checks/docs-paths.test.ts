import { expect, it } from 'vitest';
import { openFixture } from '../open-fixture.ts';
import { findDeadPaths } from './docs-paths.ts';

const FILES = { 'packages/core/src/board/use-cases/create-task.ts': '', 'docs/guide.md': '' };

function deadPathsIn(text: string): readonly string[] {
  using fixture = openFixture(FILES);
  return findDeadPaths({ path: 'docs/guide.md', text }, fixture.root, Object.keys(FILES));
}

it('reports a path and a file name that do not exist, with their line', () => {
  expect(deadPathsIn('See\n`packages/core/src/gone.ts` and `claim-task.ts`.')).toEqual([
    'docs/guide.md:2 names `packages/core/src/gone.ts`, which does not exist',
    'docs/guide.md:2 names `claim-task.ts`, which does not exist',
  ]);
});

it('finds paths from the root, beside the document, by name and by pattern', () => {
  const text =
    '`packages/core/src/board`, `guide.md`, `use-cases/create-task.ts`, `packages/core/src/*/use-cases`';
  expect(deadPathsIn(text)).toEqual([]);
});

it('leaves routes, commands, home folders and code blocks alone', () => {
  expect(
    deadPathsIn('`/api/tasks`, `npm start`, `~/.quarterdeck/a.ts`, `a/b`\n```\n`gone.ts`\n```\n'),
  ).toEqual([]);
});
