import { DURATION, durationMs } from './duration.ts';
import type { ErrorField } from './error-fields.ts';

const SECONDS = 1000;
/** Numbers from here on are points in time, in seconds or milliseconds since 1970; smaller ones are seconds to wait. */
const EPOCH_SECONDS = 1_000_000_000;
const EPOCH_MS = 100_000_000_000;
const ONLY_DURATION = new RegExp(`^\\s*${DURATION}\\s*$`, 'i');

/** When limits end, as the fields of an error say: headers and bodies of providers. What is not used up does not count. */
export function resetsInFields(fields: readonly ErrorField[], now: number): number[] {
  return fields.filter(isReset).flatMap((field) => {
    if (!applies(field, fields)) return [];
    const at = momentIn(field, now);
    return at === null ? [] : [at];
  });
}

/** A point in time as a number or a text of a provider. */
export function momentOfValue(value: string | number, now: number): number | null {
  const amount =
    typeof value === 'number' ? value : /^\s*\d+(?:\.\d+)?\s*$/.test(value) ? Number(value) : null;
  if (amount !== null) return momentOfNumber(amount, now);
  const text = String(value);
  if (ONLY_DURATION.test(text)) return now + (durationMs(text) ?? 0);
  if (!/\d{4}/.test(text) || !/[-,:]/.test(text)) return null;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : at;
}

function momentOfNumber(amount: number, now: number): number | null {
  if (!Number.isFinite(amount) || amount < 0) return null;
  if (amount >= EPOCH_MS) return amount;
  return amount >= EPOCH_SECONDS ? amount * SECONDS : now + amount * SECONDS;
}

const RESET_KEY = /reset|retryafter|retrydelay|retryin|retryat|availableat|availablein|backoffseconds/;
const RESET_PARTS = /(?:retrydelay|retryafter|resetsin|retryinfo)\.(?:seconds|secs|ms|millis|milliseconds)$/;

function isReset({ key, path }: ErrorField): boolean {
  return RESET_KEY.test(key) || RESET_PARTS.test(path);
}

function momentIn({ key, value }: ErrorField, now: number): number | null {
  const amount = Number(value);
  if (/(?:ms|millis|milliseconds)$/.test(key) && Number.isFinite(amount) && amount < EPOCH_MS)
    return now + amount;
  return momentOfValue(value, now);
}

/** Providers tell the end of every window they count, also of those that have room left. */
function applies({ key }: ErrorField, fields: readonly ErrorField[]): boolean {
  const [stem] = key.split('reset');
  if (stem === undefined || stem === '') return true;
  const rest = key.slice(stem.length + 'reset'.length);
  const beside = (name: string) =>
    fields.find(
      (field) => field.key === `${stem}${name}` || (rest !== '' && field.key === `${stem}${name}${rest}`),
    )?.value;
  const status = beside('status');
  const left = beside('remaining');
  const used = beside('usedpercent') ?? beside('utilization');
  if (typeof status === 'string' && /^(?:allowed|ok)/i.test(status)) return false;
  if (left !== undefined && Number(left) > 0) return false;
  const isShare = key.includes('unified');
  return used === undefined || !(Number(used) < (isShare && Number(used) <= 1 ? 1 : 100));
}
