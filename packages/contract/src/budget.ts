import { z } from 'zod';
import { Millis } from './ids.ts';

/** Money in millionths of a US dollar. */
export const Micros = z.number().int().min(0).max(1_000_000_000_000);

/** How much may be spent in a day or a month (UTC), or in all. */
export const Budget = z.object({
  limitMicros: Micros,
  period: z.enum(['day', 'month', 'total']),
});
export type Budget = z.infer<typeof Budget>;

/** A budget with what is spent of it. */
export const BudgetState = z.object({
  scope: z.enum(['task', 'project', 'profile']),
  /** Id of the task or project, or the profile. */
  scopeId: z.string(),
  name: z.string(),
  ...Budget.shape,
  /** Spent by ended and live runs since `since`. */
  spentMicros: z.number().int(),
  /** What the next run is expected to cost: the mean of earlier ones. */
  nextRunMicros: z.number().int(),
  since: Millis.nullable(),
  /** When a new period begins; null when it never does. */
  until: Millis.nullable(),
});
export type BudgetState = z.infer<typeof BudgetState>;
