import type { FAILURE_HINTS } from '@quarterdeck/contract/journal';
import { asRecord } from './acp-update.ts';
import { clipEnd } from './clip.ts';

export interface Failure {
  readonly hint: (typeof FAILURE_HINTS)[number];
  readonly message: string;
  readonly resetAt: number | null;
}

/** ACP's error code for "sign in first". */
const AUTH_REQUIRED = -32000;
const RATE_LIMIT = /\b429\b|rate.?limit|too many requests|usage limit|quota (?:exceeded|reached)|overloaded/i;
const SIGN_IN =
  /\b40[13]\b|unauthori[sz]ed|authenticat|invalid.api.?key|not (?:logged|signed) in|(?:log|sign) ?in (?:first|required)|please (?:log|sign) in/i;

/** What an error of an agent means. `otherwise` is the hint when nothing is recognised. */
export function recogniseFailure(error: unknown, otherwise: Failure['hint'], now: number): Failure {
  const { code, message, details } = partsOf(error);
  const text = `${message} ${details}`;
  const said = clipEnd(message || 'The agent gave no reason.', 2000);
  if (RATE_LIMIT.test(text)) return { hint: 'rate_limited', message: said, resetAt: resetTime(text, now) };
  if (code === AUTH_REQUIRED || SIGN_IN.test(text))
    return { hint: 'sign_in_needed', message: said, resetAt: null };
  return { hint: otherwise, message: said, resetAt: null };
}

function partsOf(error: unknown): { code: unknown; message: string; details: string } {
  if (typeof error === 'string') return { code: null, message: error, details: '' };
  const fields = asRecord(error) ?? {};
  const message = error instanceof Error ? error.message : String(fields['message'] ?? '');
  const code = error instanceof Error ? Reflect.get(error, 'code') : fields['code'];
  const extra = error instanceof Error ? Reflect.get(error, 'data') : fields['data'];
  return { code, message, details: extra === undefined ? '' : JSON.stringify(extra).slice(0, 20_000) };
}

/** When a limit ends: seconds to wait (`retry-after`), or a point in time as seconds or milliseconds since the epoch. */
function resetTime(text: string, now: number): number | null {
  const [, seconds] = text.match(/retry.?after\D{0,5}(\d{1,6})\b/i) ?? [];
  if (seconds !== undefined) return now + Number(seconds) * 1000;
  const [, stamp] = text.match(/(?:reset\w*|limit reached|until)\D{0,20}(\d{10,13})\b/i) ?? [];
  if (stamp === undefined) return null;
  return stamp.length > 10 ? Number(stamp) : Number(stamp) * 1000;
}
