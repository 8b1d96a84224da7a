import type { RefusalCause, Refused, WordedRefusal } from './refusal.ts';
import { resetSecond, retryAfter } from './refusal.ts';

interface OpenaiError {
  readonly message: string;
  readonly type: string;
  readonly code: string | null;
}

/** An error as OpenAI's services word it. */
export function openaiRefusal(refused: Refused): WordedRefusal {
  const { status, cause } = refused;
  const error = { param: null, ...WORDS[cause](refused) };
  return { status, headers: { ...retryAfter(refused), ...limitHeaders(refused) }, body: { error } };
}

/** An error as the service behind a ChatGPT plan words it, which Codex signs in to: the plan's limit says when it ends. */
export function codexRefusal(refused: Refused): WordedRefusal {
  const { cause, now } = refused;
  if (cause !== 'rate-limit') return openaiRefusal(refused);
  const resetsAt = resetSecond(refused);
  const error = {
    type: 'usage_limit_reached',
    message: 'The usage limit has been reached',
    plan_type: 'plus',
    resets_at: resetsAt,
    resets_in_seconds: resetsAt - Math.ceil(now / 1000),
  };
  return { status: 429, headers: retryAfter(refused), body: { error } };
}

const WORDS: Readonly<Record<RefusalCause, (refused: Refused) => OpenaiError>> = {
  'bad-key': () => ({
    message:
      'Incorrect API key provided: scripted. You can find your API key at https://platform.openai.com/account/api-keys.',
    type: 'invalid_request_error',
    code: 'invalid_api_key',
  }),
  forbidden: () => ({
    message: 'Country, region, or territory not supported',
    type: 'request_forbidden',
    code: 'unsupported_country_region_territory',
  }),
  'no-such-model': ({ model }) => ({
    message: `The model \`${model}\` does not exist or you do not have access to it.`,
    type: 'invalid_request_error',
    code: 'model_not_found',
  }),
  'rate-limit': ({ model, retryAfterSeconds = 0 }) => ({
    message: `Rate limit reached for ${model} on requests per day (RPD): Limit 200, Used 200, Requested 1. Please try again in ${spanOf(retryAfterSeconds)}.`,
    type: 'requests',
    code: 'rate_limit_exceeded',
  }),
  quota: () => ({
    message: 'You exceeded your current quota, please check your plan and billing details.',
    type: 'insufficient_quota',
    code: 'insufficient_quota',
  }),
  overloaded: () => ({
    message: 'That model is currently overloaded with other requests. You can retry your request.',
    type: 'server_error',
    code: null,
  }),
  broken: () => ({
    message: 'The server had an error while processing your request. Sorry about that!',
    type: 'server_error',
    code: null,
  }),
};

function limitHeaders({ cause, retryAfterSeconds }: Refused): Readonly<Record<string, string>> {
  if (cause !== 'rate-limit' || retryAfterSeconds === undefined) return {};
  return {
    'x-ratelimit-limit-requests': '200',
    'x-ratelimit-remaining-requests': '0',
    'x-ratelimit-reset-requests': spanOf(retryAfterSeconds),
  };
}

/** `1h0m7s`, as OpenAI writes a span of time. */
function spanOf(seconds: number): string {
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  if (hours > 0) return `${hours}h${minutes}m${seconds % 60}s`;
  return minutes > 0 ? `${minutes}m${seconds % 60}s` : `${seconds}s`;
}
