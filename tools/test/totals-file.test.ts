import { describe, expect, it } from 'vitest';
import { addTotals } from './totals-file.mjs';

describe('addTotals', () => {
  it.each([
    ['both suites', '10 passed, 0 failed\n66 passed, 1 failed\n', { passed: 76, failed: 1 }],
    [
      'a suite that skipped',
      '10 passed, 0 failed\n0 passed, 0 failed, 54 skipped\n',
      { passed: 10, failed: 0 },
    ],
    ['a suite that died before its end', '10 passed, 0 failed\n', { passed: 10, failed: 1 }],
    ['nothing at all', '', { passed: 0, failed: 2 }],
    ['lines that are no totals', 'hello\n1 passed, 0 failed\n12 passed\n', { passed: 1, failed: 1 }],
  ])('adds up %s', (_, text, totals) => {
    expect(addTotals(text, 2)).toEqual(totals);
  });
});
