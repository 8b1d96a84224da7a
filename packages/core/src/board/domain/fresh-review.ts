import type { Task } from '@quarterdeck/contract/task';

/** What is forgotten when a review is asked for: what was said before, why it waited for a person, and reviews that failed. */
export const FRESH_REVIEW = {
  verdict: null,
  isHeld: false,
  blockReason: null,
  failureCount: 0,
  lastFailure: null,
  retryAt: null,
} satisfies Partial<Task>;
