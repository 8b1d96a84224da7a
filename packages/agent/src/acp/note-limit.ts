import { readError } from '../failures/error-fields.ts';
import { resetTime } from '../failures/reset-time.ts';
import type { Failure } from './recognise-failure.ts';
import type { TranscriptState } from './transcript-state.ts';

/**
 * Remembers what an agent tells of a limit beside its usage: Claude's adapter does so in `_meta`, and its errors name no time. A limit that
 * still lets requests through is none.
 */
export function noteLimit(state: TranscriptState, meta: unknown, now: number): TranscriptState {
  const { fields } = readError(meta);
  const status = fields.find(({ key }) => key === 'status')?.value;
  if (typeof status !== 'string') return state;
  const limitResetAt = status.startsWith('allowed') ? null : resetTime({ fields, text: '' }, { now });
  return { ...state, limitResetAt };
}

/** The failure with the end of the limit as it was told before, when its own words name none. */
export function withKnownReset(failure: Failure, limitResetAt: number | null): Failure {
  const isLimit = failure.hint === 'rate_limited' || failure.hint === 'quota_used_up';
  return isLimit && failure.resetAt === null ? { ...failure, resetAt: limitResetAt } : failure;
}
