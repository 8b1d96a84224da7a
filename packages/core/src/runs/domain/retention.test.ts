import type { Landing } from '@quarterdeck/contract/landing';
import { makeTask } from '@quarterdeck/testkit/factories/make-task';
import { expect, it } from 'vitest';
import { DEFAULT_RETENTION, removedAfter } from './retention.ts';

const DAY = 86_400_000;
const landing = { status: 'landed', at: 2 * DAY } as Landing;
const base = makeTask({ workspaceKind: 'worktree', completedAt: 3 * DAY, updatedAt: 5 * DAY });

it.each([
  ['a done task', { status: 'done' }, 33 * DAY],
  ['a landed task', { status: 'done', landing }, 9 * DAY],
  [
    'a done task that did not land',
    { status: 'done', landing: { ...landing, status: 'conflict' } },
    33 * DAY,
  ],
  ['an archived task, landed or not', { status: 'archived', landing }, 5 * DAY],
  ['a task in review', { status: 'review', landing }, null],
  ['a blocked task', { status: 'blocked' }, null],
  ['a task in a folder of a person', { status: 'archived', workspaceKind: 'dir' }, null],
] as const)('the workspace of %s', (_what, change, expected) => {
  expect(removedAfter({ ...base, ...change } as typeof base, DEFAULT_RETENTION)).toBe(expected);
});

it('is kept for ever where the configuration says null', () => {
  const never = { landedDays: null, doneDays: null, archivedDays: null };
  for (const status of ['done', 'archived'] as const)
    expect(removedAfter({ ...base, status }, never)).toBeNull();
});
