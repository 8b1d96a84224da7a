import { expect, it } from 'vitest';
import { countChanges, diffLines } from './line-diff.ts';

const written = (before: string | null, after: string) =>
  diffLines(before, after).map(
    ({ kind, text }) => `${{ same: ' ', added: '+', removed: '-', skip: '@' }[kind]}${text}`,
  );

it('shows what changed and some lines around it', () => {
  expect(written('a\nb\nc', 'a\nx\nc')).toEqual([' a', '-b', '+x', ' c']);
  expect(written(null, 'one\ntwo')).toEqual(['+one', '+two']);
  expect(written('one\ntwo', '')).toEqual(['-one', '-two']);
});

it('folds what is far from any change', () => {
  const before = Array.from({ length: 30 }, (_, index) => `line ${index}`);
  const after = before.with(2, 'first').with(27, 'second');
  const lines = written(before.join('\n'), after.join('\n'));
  expect(lines.filter((line) => line === '@⋯')).toHaveLength(1);
  expect(lines.length).toBeLessThan(20);
});

it('counts lines', () => {
  expect(countChanges(diffLines('a\nb', 'b\nc\nd'))).toEqual({ added: 2, removed: 1 });
});
