const SECOND = 1000;
const UNITS: readonly (readonly [RegExp, number])[] = [
  [/^(?:milliseconds?|millis|msecs?|ms)$/, 1],
  [/^(?:seconds?|secs?|s)$/, SECOND],
  [/^(?:minutes?|mins?|m)$/, 60 * SECOND],
  [/^(?:hours?|hrs?|h)$/, 3600 * SECOND],
  [/^(?:days?|d)$/, 86_400 * SECOND],
  [/^(?:weeks?|w)$/, 604_800 * SECOND],
];
const UNIT =
  '(?:milliseconds?|millis|msecs?|ms|seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|w)(?![a-z])';
const PART = `\\d{1,9}(?:\\.\\d{1,9})?\\s{0,2}${UNIT}`;

/** A length of time in a text, for use inside a larger pattern: `2h 5m`, `90 seconds`, `an hour`, `1:23:45`. */
export const DURATION = `(?:${PART}(?:(?:\\s{0,2},?\\s{0,2}(?:and\\s)?)${PART}){0,5}|half an hour|an? (?:second|minute|hour|day|week)|\\d{1,3}:\\d\\d:\\d\\d)`;

/** How long that is, ms; null when it is none. */
export function durationMs(text: string): number | null {
  const whole = text.trim().toLowerCase();
  if (whole === 'half an hour') return 1800 * SECOND;
  const [, unit] = whole.match(/^an? (\w+)$/) ?? [];
  if (unit !== undefined) return unitMs(unit);
  const [, hours, minutes, seconds] = whole.match(/^(\d{1,3}):(\d\d):(\d\d)$/) ?? [];
  if (seconds !== undefined) return (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * SECOND;
  const parts = [...whole.matchAll(new RegExp(`(\\d{1,9}(?:\\.\\d{1,9})?)\\s{0,2}(${UNIT})`, 'g'))];
  if (parts.length === 0) return null;
  return parts.reduce((sum, [, amount, name]) => sum + Number(amount) * (unitMs(name ?? '') ?? 0), 0);
}

function unitMs(name: string): number | null {
  return UNITS.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}
