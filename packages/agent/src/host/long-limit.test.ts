import { expect, it } from 'vitest';
import { longLimit } from './long-limit.ts';

const NOW = 1_800_000_000_000;
const HOUR = 3_600_000;

it.each([
  ['Rate limit reached for probe on requests per day (RPD): Limit 200, Used 200', NOW + HOUR],
  ['You exceeded your current quota, please check your plan and billing details.', NOW + 24 * HOUR],
  ['Too many requests', NOW + HOUR],
])('A10: %s is a limit until the time at which the agent means to ask again', (reason, until) => {
  expect(longLimit({ reason, until }, NOW)).toMatchObject({
    hint: expect.stringMatching(/^(rate_limited|quota_used_up)$/),
    resetAt: until,
  });
});

it.each([
  ['a short wait', 'Too many requests', NOW + 30_000],
  ['a wait without an end', 'Too many requests', null],
  ['a service that is broken', 'Internal server error (500)', NOW + HOUR],
  ['a wait that is over', 'Too many requests', 1],
])('is none: %s', (_, reason, until) => {
  expect(longLimit({ reason, until }, NOW)).toBeNull();
});
