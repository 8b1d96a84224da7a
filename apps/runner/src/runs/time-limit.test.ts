import { expect, it } from 'vitest';
import { remainingMs } from './time-limit.ts';

it('counts the time an earlier runner let pass', () => {
  expect(remainingMs(10_000, 5_000, 9_000)).toBe(6_000);
  expect(remainingMs(10_000, 5_000, 99_000)).toBe(0);
});

it('gives all of it when the machine was restarted since', () => {
  expect(remainingMs(10_000, 500_000, 2_000)).toBe(10_000);
});
