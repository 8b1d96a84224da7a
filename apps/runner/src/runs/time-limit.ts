import { uptime } from 'node:os';

const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Milliseconds since the machine started: runs on when the runner is replaced, and no clock change moves it. */
export function uptimeMs(): number {
  return Math.round(uptime() * 1000);
}

/** What is left of a run's time. All of it when the machine was restarted since, because its host did not survive that. */
export function remainingMs(limitMs: number, startedAtUptimeMs: number, nowUptimeMs: number): number {
  const spent = nowUptimeMs - startedAtUptimeMs;
  return spent < 0 ? limitMs : Math.max(0, limitMs - spent);
}

/** Calls `onReached` after `ms`, unless the returned function is called before. Longer waits than timers can do never fire. */
export function startTimeLimit(ms: number, onReached: () => void): () => void {
  if (ms > LONGEST_TIMER_MS) return () => undefined;
  const timer = setTimeout(onReached, ms);
  return () => clearTimeout(timer);
}
