const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A length of time in words, never longer than it was: `45 minutes`, `5 hours`, `3 days`. */
export function spanText(ms: number): string {
  if (ms < 2 * MINUTE) return counted(Math.floor(ms / 1000), 'second');
  if (ms < 2 * HOUR) return counted(Math.floor(ms / MINUTE), 'minute');
  if (ms < 2 * DAY) return counted(Math.floor(ms / HOUR), 'hour');
  return counted(Math.floor(ms / DAY), 'day');
}

function counted(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

/** The first line of a longer text, for use inside a sentence; empty text gives `(no reason given)`. */
export function reasonText(text: string | null): string {
  const line = (text ?? '').trim().split('\n')[0] ?? '';
  if (line === '') return '(no reason given)';
  return line.length > REASON_LENGTH ? `${line.slice(0, REASON_LENGTH - 1)}…` : line;
}

const REASON_LENGTH = 200;
