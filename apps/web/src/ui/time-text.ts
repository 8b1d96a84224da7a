const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long ago in one short figure: `now`, `4 min`, `3 h`, `12 d`. Takes milliseconds. */
export function shortAge(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < MINUTE) return 'now';
  if (seconds < HOUR) return `${Math.floor(seconds / MINUTE)} min`;
  return seconds < DAY ? `${Math.floor(seconds / HOUR)} h` : `${Math.floor(seconds / DAY)} d`;
}

/** A running clock: `0:24`, `18:42`, `1:02:09`. Takes milliseconds. */
export function clockText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (value: number) => String(value).padStart(2, '0');
  const minutes = Math.floor(seconds / MINUTE);
  if (seconds < HOUR) return `${minutes}:${two(seconds % MINUTE)}`;
  return `${Math.floor(seconds / HOUR)}:${two(minutes % 60)}:${two(seconds % MINUTE)}`;
}

/** How long something took: `340 ms`, `0.4 s`, `12 s`, `4 min 10 s`, `2 h 5 min`. Takes milliseconds. */
export function durationText(ms: number): string {
  if (ms < 100) return `${Math.max(0, Math.round(ms))} ms`;
  if (ms < 10_000) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < MINUTE) return `${seconds} s`;
  if (seconds < HOUR) return `${Math.floor(seconds / MINUTE)} min ${seconds % MINUTE} s`;
  return `${Math.floor(seconds / HOUR)} h ${Math.floor((seconds % HOUR) / MINUTE)} min`;
}

/** A point in time for a person: the clock today, otherwise with the day. */
export function momentText(at: number, now: number): string {
  const date = new Date(at);
  const clock = date.toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' });
  if (date.toDateString() === new Date(now).toDateString()) return clock;
  return `${date.toLocaleDateString(undefined, { day: 'numeric', month: 'short' })}, ${clock}`;
}

/** Two days in one place is worth a look, a week is stale. Takes milliseconds. */
export function staleness(ms: number): 'fresh' | 'ageing' | 'stale' {
  if (ms < 2 * DAY * 1000) return 'fresh';
  return ms < 7 * DAY * 1000 ? 'ageing' : 'stale';
}
