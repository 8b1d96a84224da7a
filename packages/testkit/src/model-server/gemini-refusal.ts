import type { RefusalCause, Refused, WordedRefusal } from './refusal.ts';
import { retryAfter } from './refusal.ts';

interface GoogleError {
  readonly status: string;
  readonly message: string;
  readonly details?: readonly unknown[];
}

/** An error as Google words it: the reason and the time to wait are in `details`. */
export function geminiRefusal(refused: Refused): WordedRefusal {
  const { status: code, cause } = refused;
  return { status: code, headers: retryAfter(refused), body: { error: { code, ...WORDS[cause](refused) } } };
}

const WORDS: Readonly<Record<RefusalCause, (refused: Refused) => GoogleError>> = {
  'bad-key': () => ({
    status: 'UNAUTHENTICATED',
    message:
      'Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential.',
    details: [errorInfo('ACCESS_TOKEN_EXPIRED')],
  }),
  forbidden: () => ({
    status: 'PERMISSION_DENIED',
    message: "Method doesn't allow unregistered callers (callers without established identity).",
  }),
  'no-such-model': ({ model }) => ({
    status: 'NOT_FOUND',
    message: `models/${model} is not found for API version v1beta, or is not supported for generateContent.`,
  }),
  'rate-limit': ({ model, retryAfterSeconds = 0 }) => ({
    status: 'RESOURCE_EXHAUSTED',
    message: `You exceeded your current quota, please check your plan and billing details. Please retry in ${retryAfterSeconds}s.`,
    details: [
      quotaFailure('GenerateRequestsPerMinutePerProjectPerModel', model),
      retryInfo(retryAfterSeconds),
    ],
  }),
  quota: ({ model }) => ({
    status: 'RESOURCE_EXHAUSTED',
    message: 'You exceeded your current quota, please check your plan and billing details.',
    details: [quotaFailure('GenerateRequestsPerDayPerProjectPerModel-FreeTier', model)],
  }),
  overloaded: () => ({
    status: 'UNAVAILABLE',
    message: 'The model is overloaded. Please try again later.',
  }),
  broken: () => ({ status: 'INTERNAL', message: 'An internal error has occurred.' }),
};

function errorInfo(reason: string) {
  return { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason, domain: 'googleapis.com' };
}

function quotaFailure(quotaId: string, model: string) {
  const violation = {
    quotaMetric: 'generativelanguage.googleapis.com/generate_content_free_tier_requests',
    quotaId,
    quotaDimensions: { location: 'global', model },
    quotaValue: '250',
  };
  return { '@type': 'type.googleapis.com/google.rpc.QuotaFailure', violations: [violation] };
}

function retryInfo(seconds: number) {
  return { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: `${seconds}s` };
}
