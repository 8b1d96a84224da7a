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

/** A reason as people read it, with the time in the reader's own zone; to the second when it is near. */
export function waitingText(reason: WaitingReason, now: number): string {
  if (reason.until === undefined) return reason.message;
  const clock = reason.until - now < SOON_MS ? EXACT_CLOCK : CLOCK;
  return `${reason.message} until ${clock.format(reason.until)}`;
}
