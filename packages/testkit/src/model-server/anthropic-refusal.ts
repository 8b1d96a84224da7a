import type { RefusalCause, Refused, WordedRefusal } from './refusal.ts';
import { resetSecond, retryAfter } from './refusal.ts';

/** An error as Anthropic words it. */
export function anthropicRefusal(refused: Refused): WordedRefusal {
  const { cause } = refused;
  const { type, message, status = refused.status } = WORDS[cause](refused);
  const headers = {
    ...retryAfter(refused),
    ...limitHeaders(refused),
    'x-should-retry': String(PASSING.includes(cause)),
  };
  return {
    status,
    headers,
    body: { type: 'error', error: { type, message }, request_id: 'req_scripted' },
  };
}

/** What may be gone when the request is sent again. */
const PASSING: readonly RefusalCause[] = ['rate-limit', 'overloaded', 'broken'];

interface AnthropicError {
  readonly type: string;
  readonly message: string;
  readonly status?: number;
}

const WORDS: Readonly<Record<RefusalCause, (refused: Refused) => AnthropicError>> = {
  'bad-key': () => ({ type: 'authentication_error', message: 'invalid x-api-key' }),
  forbidden: () => ({ type: 'permission_error', message: 'Your account does not have permission.' }),
  'no-such-model': ({ model }) => ({ type: 'not_found_error', message: `model: ${model}` }),
  'rate-limit': () => ({
    type: 'rate_limit_error',
    message: "This request would exceed your account's rate limit. Please try again later.",
  }),
  quota: () => ({
    type: 'invalid_request_error',
    message:
      'Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade or purchase credits.',
    // Not 429: the service takes an empty account for a mistake in the request.
    status: 400,
  }),
  overloaded: () => ({ type: 'overloaded_error', message: 'Overloaded', status: 529 }),
  broken: () => ({ type: 'api_error', message: 'Internal server error' }),
};

/** Both kinds of limit name their end: one of an API key as a date, one of a plan as a second. */
function limitHeaders(refused: Refused): Readonly<Record<string, string>> {
  if (refused.cause !== 'rate-limit' || refused.retryAfterSeconds === undefined) return {};
  const second = resetSecond(refused);
  return {
    'anthropic-ratelimit-requests-limit': '50',
    'anthropic-ratelimit-requests-remaining': '0',
    'anthropic-ratelimit-requests-reset': new Date(second * 1000).toISOString(),
    'anthropic-ratelimit-unified-status': 'rejected',
    'anthropic-ratelimit-unified-representative-claim': 'five_hour',
    'anthropic-ratelimit-unified-reset': String(second),
  };
}
