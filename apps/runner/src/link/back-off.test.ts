import fc from 'fast-check';
import { expect, it } from 'vitest';
import { backOffMs } from './back-off.ts';

it('starts at a tenth of a second and ends at five', () => {
  expect([0, 1, 2, 3, 4, 5, 6, 99].map((attempt) => backOffMs(attempt, 1))).toEqual([
    100, 200, 400, 800, 1600, 3200, 5000, 5000,
  ]);
});

it('ends sooner where it is told to', () => {
  expect([0, 1, 2, 99].map((attempt) => backOffMs(attempt, 1, 250))).toEqual([100, 200, 250, 250]);
});

it('spreads each pause over its upper half', () => {
  fc.assert(
    fc.property(
      fc.nat(200),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (attempt, random) => {
        const longest = backOffMs(attempt, 1);
        const pause = backOffMs(attempt, random);
        return pause >= longest / 2 - 1 && pause <= longest;
      },
    ),
  );
});
