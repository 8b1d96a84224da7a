import { ERRORS, type ErrorCode } from './errors.ts';
import type { Refused } from './result.ts';

/** A refusal with the registry's message, its `{name}` places filled from `details`. */
export function refuse(code: ErrorCode, details: Readonly<Record<string, unknown>> = {}): Refused {
  const message = ERRORS[code].message.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    String(details[name] ?? name),
  );
  return { ok: false, refusal: { code, message, details } };
}
