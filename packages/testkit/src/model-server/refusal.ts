/** Why a model service answers with an error status. */
export type RefusalCause =
  | 'bad-key'
  | 'forbidden'
  | 'no-such-model'
  | 'rate-limit'
  | 'quota'
  | 'overloaded'
  | 'broken';

/** An error answer before it is put into a dialect. */
export interface Refused {
  readonly status: number;
  readonly cause: RefusalCause;
  readonly model: string;
  /** Seconds until the service takes requests again. */
  readonly retryAfterSeconds?: number;
  /** When the refusal is sent, milliseconds since the epoch. */
  readonly now: number;
}

/** An error answer as a service words it. The status is the service's own: not all use the same one for the same cause. */
export interface WordedRefusal {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** The usual cause of a status. */
export function causeOf(status: number): RefusalCause {
  if (status === 401) return 'bad-key';
  if (status === 403) return 'forbidden';
  if (status === 404) return 'no-such-model';
  if (status === 429) return 'rate-limit';
  return status === 529 || status === 503 ? 'overloaded' : 'broken';
}

/** The header every service sends with a limit. */
export function retryAfter({ retryAfterSeconds }: Refused): Readonly<Record<string, string>> {
  return retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) };
}

/** The second a limit ends, since the epoch. */
export function resetSecond({ now, retryAfterSeconds = 0 }: Refused): number {
  return Math.ceil(now / 1000) + retryAfterSeconds;
}
