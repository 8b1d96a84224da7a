import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';

const UNIT_MS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A point in time from `+90m`, `+2h`, `+3d`, `18:30` (the next one, local time) or an ISO date, in milliseconds. */
export function parseTime(text: string, now: number): Result<number> {
  const relative = /^\+?(\d+)\s*([mhd])$/.exec(text);
  if (relative) return ok(now + Number(relative[1]) * (UNIT_MS[relative[2] ?? ''] ?? 0));
  const clock = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(text);
  if (clock) return ok(nextClockTime(Number(clock[1]), Number(clock[2]), now));
  const date = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(date)) return ok(date);
  return refuse('invalid_input', {
    reason: `"${text}" is no time. Write +90m, +2h, +3d, 18:30 or 2026-05-01T09:00.`,
  });
}

function nextClockTime(hours: number, minutes: number, now: number): number {
  const time = new Date(now);
  time.setHours(hours, minutes, 0, 0);
  if (time.getTime() <= now) time.setDate(time.getDate() + 1);
  return time.getTime();
}
