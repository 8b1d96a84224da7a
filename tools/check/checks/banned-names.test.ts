import { expect, it } from 'vitest';
import { findBannedExports, findBannedPaths } from './banned-names.ts';

it('reports files and folders whose names say nothing, each once', () => {
  const paths = [
    'packages/core/src/utils/a.ts',
    'packages/core/src/utils/b.ts',
    'packages/core/src/task-manager.ts',
    'packages/core/src/types.ts',
    'packages/core/src/new-board.ts',
    'packages/core/src/board-v2.ts',
  ];
  expect(findBannedPaths(paths)).toEqual([
    'packages/core/src/utils is named "utils"',
    'packages/core/src/task-manager.ts is named "manager"',
    'packages/core/src/types.ts: put each type into the file of its concept',
    'packages/core/src/new-board.ts is named "new"',
    'packages/core/src/board-v2.ts is named "v2"',
  ]);
});

it('accepts names that only contain such a word', () => {
  expect(
    findBannedPaths([
      'src/database.ts',
      'src/newest-first.ts',
      'src/information.ts',
      'migrations/0002-runs.ts',
    ]),
  ).toEqual([]);
});

it('reports exported identifiers, not local ones', () => {
  const text = `
    const data = 1;
    export interface TaskInfo { readonly id: string }
    export const metadata = data;
    export class RunManager {}
    export { helpers } from './elsewhere.ts';
  `;
  expect(findBannedExports([{ path: 'a.ts', text }])).toEqual([
    'a.ts exports TaskInfo, named "info"',
    'a.ts exports RunManager, named "manager"',
  ]);
});
