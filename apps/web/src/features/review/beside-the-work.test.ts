import { makeRun } from '@quarterdeck/testkit/factories/make-run';
import { expect, test } from 'vitest';
import { leftOutLines, notesBeside } from './beside-the-work.ts';
import { seenOf } from './seen-of.ts';

const ended = (fields: Parameters<typeof makeRun>[0]) => makeRun({ status: 'ended', ...fields });

test('S2: notes are those of the last attempt at the work and of reviews since, each once', () => {
  const runs = [
    ended({ id: 'r_1', attempt: 1, notes: ['old'] }),
    ended({ id: 'r_2', attempt: 2, notes: ['a hook was added'], pastReview: 'main was moved' }),
    ended({ id: 'r_3', attempt: 3, purpose: 'review', notes: ['a hook was added', 'config was changed'] }),
    makeRun({ id: 'r_4', attempt: 4, notes: ['not yet'] }),
  ];
  expect(notesBeside(runs)).toEqual(['main was moved', 'a hook was added', 'config was changed']);
  expect(notesBeside([])).toEqual([]);
});

test('F02: what was left out is named as far as a person reads, and the rest is counted', () => {
  const leftOut = Array.from({ length: 15 }, (_, at) => ({ path: `p${at}`, why: 'nested' }));
  const lines = leftOutLines({ failure: 'Git refused.', leftOut });
  expect(lines.slice(0, 2)).toEqual(['Git refused.', '`p0`: nested']);
  expect(lines).toHaveLength(14);
  expect(lines.at(-1)).toBe('and 3 more');
  expect(leftOutLines({ failure: null, leftOut: [] })).toEqual([]);
});

test('S2: a decision carries the commits on the screen, and none where there is no branch', () => {
  const diff = { base: 'b', head: 'h' };
  expect(seenOf({ workspaceKind: 'worktree' }, ended({ id: 'r_1' }), diff)).toEqual({
    runId: 'r_1',
    ...diff,
  });
  expect(seenOf({ workspaceKind: 'dir' }, ended({ id: 'r_1' }), diff)).toMatchObject({
    base: null,
    head: null,
  });
});
