import { z } from 'zod';
import { Millis, RunId, TaskId } from './ids.ts';

export const DIAGNOSTIC_KINDS = [
  'ghost_running',
  'silent_run',
  'repeated_failures',
  'stranded_in_ready',
  'stuck_in_blocked',
  'stuck_in_review',
  'approval_waiting',
  'landing_stuck',
  'waits_for_archived',
  'budget_reached',
  'work_unkept',
  'past_review',
] as const;

/** What a person can do about it with one click. */
export const REMEDIES = [
  'interrupt',
  'stop_run',
  'retry',
  'reassign',
  'unblock',
  'open_approvals',
  'request_changes',
  'open_changes',
  'raise_budget',
  'keep_again',
  'archive',
] as const;

/** Something wrong with a task that it does not show by its status alone. Worked out from stored facts; goes away by itself. */
export const Diagnostic = z.object({
  kind: z.enum(DIAGNOSTIC_KINDS),
  severity: z.enum(['warning', 'error', 'critical']),
  taskId: TaskId,
  taskTitle: z.string(),
  runId: RunId.nullable(),
  /** What is wrong and since when, in one sentence. */
  message: z.string(),
  since: Millis,
  remedies: z.array(z.enum(REMEDIES)),
});
export type Diagnostic = z.infer<typeof Diagnostic>;
