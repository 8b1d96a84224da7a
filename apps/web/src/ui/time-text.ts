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

// Made once: asking a date for its text makes such a formatter each time, which is a third of the cost of drawing a card.
const CLOCK = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const DAY_MONTH = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const WITH_YEAR = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' });

/** A point in time for a person: the clock today, with the day on another one, with the year in another year. */
export function momentText(at: number, now: number): string {
  const [date, today] = [new Date(at), new Date(now)];
  const clock = CLOCK.format(date);
  if (date.toDateString() === today.toDateString()) return clock;
  const isThisYear = date.getFullYear() === today.getFullYear();
  return `${(isThisYear ? DAY_MONTH : WITH_YEAR).format(date)}, ${clock}`;
}

/** How long until something in one short figure: `now`, `in 4 min`, `in 3 h`; from two days on the date. Takes milliseconds. */
export function untilText(at: number, now: number): string {
  const ms = at - now;
  if (ms < MINUTE * 1000) return 'now';
  return ms < 2 * DAY * 1000 ? `in ${shortAge(ms)}` : momentText(at, now);
}

/** Two days in one place is worth a look, a week is stale. Takes milliseconds. */
export function staleness(ms: number): 'fresh' | 'ageing' | 'stale' {
  if (ms < 2 * DAY * 1000) return 'fresh';
  return ms < 7 * DAY * 1000 ? 'ageing' : 'stale';
}
