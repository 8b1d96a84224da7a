import { expect, it } from 'vitest';
import { formatOutcome, runTimed } from './report.ts';

const repository = { root: '/', paths: [], read: () => '' };

it('counts a check that throws as broken', async () => {
  const check = { name: 'fragile', run: () => Promise.reject(new Error('no git here')) };
  const { problems } = await runTimed(check, repository);
  expect(problems).toEqual([expect.stringContaining('no git here')]);
});

it('shows name, time and every problem', () => {
  const text = formatOutcome({
    name: 'file budget',
    tookMs: 1234,
    problems: ['a is long', 'b is long'],
    notes: ['c'],
  });
  expect(text.split('\n').map((line) => line.trim())).toEqual([
    'BROKEN file budget               1.2 s  2 to mend',
    'a is long',
    'b is long',
    'c',
  ]);
});
