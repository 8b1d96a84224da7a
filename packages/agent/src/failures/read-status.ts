import type { ErrorField } from './error-fields.ts';

const STATUS_KEYS = new Set([
  'status',
  'statuscode',
  'httpstatus',
  'httpstatuscode',
  'httpcode',
  'code',
  'apierrorstatus',
]);

/** The ways a text names the HTTP status that a provider answered with. */
const IN_TEXT: readonly RegExp[] = [
  /\b(?:http(?:\/[\d.]+)?|status(?:[ _]?code)?|api error|error code|error|answers|answered|returned|received|response|rejected|server error)[\s:=("']{0,4}([45]\d\d)\b(?!\s*(?:lines?|files?|ms|s|tokens?|bytes|items|times)\b)/i,
  /\(\s*(?:http\s*|status\s*)?([45]\d\d)\s*\)/i,
  /^\W{0,3}([45]\d\d)\s*(?:[{:-]|[A-Z])/,
  /\b([45]\d\d)[ :]+(?:too many requests|unauthori[sz]ed|forbidden|not found|internal server error|bad gateway|service unavailable|gateway time-?out|payment required|bad request|overloaded|status code|rate limit)/i,
  /"(?:code|status|statusCode|status_code)"\s*:\s*"?([45]\d\d)\b/,
];

/** The HTTP status in an error: where a field has it, else as its text says. */
export function statusOf(fields: readonly ErrorField[], text: string): number | null {
  for (const { key, value } of fields) {
    const status = STATUS_KEYS.has(key) ? Number(value) : Number.NaN;
    if (Number.isInteger(status) && status >= 400 && status <= 599) return status;
  }
  const found = IN_TEXT.map((pattern) => text.match(pattern)?.[1]).find((it) => it !== undefined);
  return found === undefined ? null : Number(found);
}
