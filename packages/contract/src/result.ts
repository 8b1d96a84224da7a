import type { ErrorCode } from './errors.ts';

/** Why a request was not carried out. `message` is written for a person; `details` holds the values behind it. */
export interface Refusal {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

export type Ok<T> = { readonly ok: true; readonly value: T };
export type Refused = { readonly ok: false; readonly refusal: Refusal };
/** An expected outcome: a value, or a refusal from the error registry. Bugs throw instead. */
export type Result<T> = Ok<T> | Refused;

export function ok<T>(value: T): Ok<T> {
  return { ok: true, value };
}
