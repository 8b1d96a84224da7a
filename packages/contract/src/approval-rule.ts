import { z } from 'zod';
import { Millis } from './ids.ts';

/** What a person allowed from then on, for a task or a project. */
export const ApprovalRule = z.object({
  id: z.string(),
  scope: z.enum(['task', 'project']),
  /** Id of the task or project. */
  scopeId: z.string(),
  /** What it covers, in words. */
  text: z.string(),
  /** False for a rule of an older build that covers more than can be meant: it is shown, and allows nothing. */
  isUsed: z.boolean(),
  createdAt: Millis,
  createdBy: z.string(),
});
export type ApprovalRule = z.infer<typeof ApprovalRule>;
