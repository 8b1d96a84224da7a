import { z } from 'zod';
import { Millis, RunnerId } from './ids.ts';
import { DetectedAgent } from './profile.ts';

/** A machine that runs agents. */
export const Runner = z.object({
  id: RunnerId,
  name: z.string(),
  isConnected: z.boolean(),
  lastSeenAt: Millis.nullable(),
  /** Runs it takes at once, and how many it has. */
  capacity: z.number().int(),
  liveRuns: z.number().int(),
  agents: z.array(DetectedAgent),
});
export type Runner = z.infer<typeof Runner>;

/** A profile over all connected runners: what can be chosen as an assignee. */
export const Agent = DetectedAgent.extend({
  liveRuns: z.number().int(),
  runners: z.array(z.string()),
});
export type Agent = z.infer<typeof Agent>;

export const Fleet = z.object({
  runners: z.array(Runner),
  agents: z.array(Agent),
});
export type Fleet = z.infer<typeof Fleet>;
