import { z } from 'zod';

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
  'next',
] as const;

/** One reason why a task is not running, worst first, with what would change it. */
export const WaitingReason = z.object({
  code: z.enum(WAITING_CODES),
  message: z.string(),
  remedy: z.string().nullable(),
});
export type WaitingReason = z.infer<typeof WaitingReason>;
