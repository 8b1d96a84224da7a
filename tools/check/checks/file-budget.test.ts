import { expect, it } from 'vitest';
import { judgeFileLengths } from './file-budget.ts';

const lines = (count: number) => 'x\n'.repeat(count);

it('allows 400 lines and fails on the next one', () => {
  const { problems } = judgeFileLengths([
    { path: 'packages/core/src/a.ts', text: lines(400) },
    { path: 'packages/core/src/b.ts', text: lines(401) },
  ]);
  expect(problems).toEqual(['packages/core/src/b.ts has 401 lines; the limit is 400']);
});

it('gives tests and generated files 600', () => {
  const { problems } = judgeFileLengths([
    { path: 'a.test.ts', text: lines(600) },
    { path: 'docs/generated/b.ts', text: lines(600) },
    { path: 'e2e/c.ts', text: lines(601) },
  ]);
  expect(problems).toEqual(['e2e/c.ts has 601 lines; the limit is 600']);
});

it('notes the ten longest, longest first', () => {
  const files = Array.from({ length: 12 }, (_, index) => ({ path: `${index}.ts`, text: lines(index + 1) }));
  const { notes } = judgeFileLengths(files);
  expect(notes).toHaveLength(10);
  expect(notes?.[0]).toBe('  12 lines  11.ts');
});
