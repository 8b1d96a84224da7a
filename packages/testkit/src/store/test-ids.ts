import type { Ids } from '@quarterdeck/core/events';

/** Ids that count up: `t_0001`, `r_0002` and so on, the same in every run of a test. */
export function createTestIds(): Ids {
  let last = 0;
  return {
    next(prefix) {
      last += 1;
      return `${prefix}_${last.toString(36).padStart(4, '0')}`;
    },
  };
}
