import type { Clock } from '@quarterdeck/core/events';

/** Where the clock of every test starts, ms: a whole second, so that ages are easy to read. */
export const TEST_START = 1_800_000_000_000;

export interface TestClock extends Clock {
  /** Moves the clock on by so many milliseconds and returns the new time. */
  advance(ms: number): number;
}

/** A clock that only moves when told to. */
export function createTestClock(): TestClock {
  let at = TEST_START;
  return {
    now: () => at,
    advance(ms) {
      at += ms;
      return at;
    },
  };
}
