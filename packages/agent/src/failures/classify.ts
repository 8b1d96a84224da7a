import type { ErrorFields } from './error-fields.ts';
import { FORMS, hintOfStatus, type SaidHint, SHORT_WINDOW } from './failure-forms.ts';
import { statusOf } from './read-status.ts';

/** ACP's error code for "sign in first". Other protocols over the same wire use it for any error of a server. */
const AUTH_REQUIRED = -32000;
/** Gemini CLI says 500 of every error whose own status it does not know, and the service's words stand behind it. */
const NO_SUCH_MODEL = /\bmodels?\/[\w.:-]+ (?:is|was) not found\b/i;
const MAX_SEARCHED = 20_000;
const BY_STATUS_ALONE: ReadonlySet<SaidHint | null> = new Set(['sign_in_needed', 'provider_error']);

/** What an error means, or null when nothing in it says so. */
export function classify(error: ErrorFields): SaidHint | null {
  const text = searched(error);
  const status = statusOf(error.fields, text);
  const byStatus = status === null ? null : hintOfStatus(status);
  if (FORMS.quota_used_up.sure?.test(text)) return isShort(text) ? 'rate_limited' : 'quota_used_up';
  if (status === 500 && NO_SUCH_MODEL.test(text)) return 'model_refused';
  if (BY_STATUS_ALONE.has(byStatus)) return byStatus;
  const sure = (['context_full', 'model_refused', 'content_refused'] as const).find((it) =>
    FORMS[it].sure?.test(text),
  );
  if (sure !== undefined && byStatus !== 'rate_limited') return sure;
  if (byStatus !== null) return byStatus;
  if (status === 404 && /\bmodel/i.test(text)) return 'model_refused';
  if (status === 403) return 'sign_in_needed';
  const likely = (['rate_limited', 'sign_in_needed', 'provider_error'] as const).find((it) =>
    FORMS[it].likely?.test(text),
  );
  return likely ?? (error.code === AUTH_REQUIRED ? 'sign_in_needed' : null);
}

/** What is said in an error, as one text. */
export function searched({ message, fields }: ErrorFields): string {
  const said = fields.filter(({ path, value }) => typeof value === 'string' && path !== 'message');
  return [message, ...said.map(({ value }) => value)].join('\n').slice(0, MAX_SEARCHED);
}

function isShort(text: string): boolean {
  return (
    SHORT_WINDOW.test(text) &&
    !/\b(?:daily|weekly|monthly|per ?day|perday|a day|billing details)\b/i.test(text)
  );
}
