import { z } from 'zod';
import { Millis } from './ids.ts';

export const WAITING_CODES = [
  'parents_open',
  'held',
  'scheduled_later',
  'no_assignee',
  'profile_unknown',
  'profile_not_installed',
  'profile_not_signed_in',
  'no_runner',
  'profile_full',
  'project_full',
  'runner_full',
  'backing_off',
  'profile_paused',
  'task_budget',
  'project_budget',
  'profile_budget',
  'low_memory',
  'review_by_person',
  'next',
] as const;

/** One reason why a task is not running, worst first, with what would change it. */
export const WaitingReason = z.object({
  code: z.enum(WAITING_CODES),
  message: z.string(),
  remedy: z.string().nullable(),
  /** When it ends by itself, if it does. */
  until: Millis.optional(),
});
export type WaitingReason = z.infer<typeof WaitingReason>;

const CLOCK = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const EXACT_CLOCK = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});
const SOON_MS = 2 * 60_000;
const OTHER_DAY = new Intl.DateTimeFormat(undefined, {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});

/** A reason as people read it, with the time in the reader's own zone: to the second when it is near, with the day when it is another. */
export function waitingText(reason: WaitingReason, now: number): string {
  return reason.until === undefined ? reason.message : untilText(reason.message, reason.until, now);
}

/** Something that lasts until a time, as people read it. */
export function untilText(what: string, until: number, now: number): string {
  return `${what} until ${clockFor(until, now).format(until)}`;
}

function clockFor(until: number, now: number): Intl.DateTimeFormat {
  if (until - now < SOON_MS) return EXACT_CLOCK;
  return new Date(until).toDateString() === new Date(now).toDateString() ? CLOCK : OTHER_DAY;
}
