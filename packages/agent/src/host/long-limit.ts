import type { Failure } from '../acp/recognise-failure.ts';
import { recogniseFailure } from '../acp/recognise-failure.ts';

/** So long an agent may wait for its model by itself, ms. */
const SHORT_WAIT_MS = 2 * 60_000;

interface Waiting {
  readonly reason: string;
  readonly until: number | null;
}

/**
 * The failure of an agent that means to wait out a used-up limit inside its turn: null while that is short. It would hold its place
 * for hours, and other agents and tasks would not know of the limit.
 */
export function longLimit({ reason, until }: Waiting, now: number): Failure | null {
  if (until === null || until - now < SHORT_WAIT_MS) return null;
  const failure = recogniseFailure(reason, 'rate_limited', now);
  const isLimit = failure.hint === 'rate_limited' || failure.hint === 'quota_used_up';
  return isLimit ? { ...failure, resetAt: until } : null;
}
