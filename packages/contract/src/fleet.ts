import { z } from 'zod';
import { AgentOffers, ModelName } from './agent-choice.ts';
import { Budget } from './budget.ts';
import { Millis, RunnerId } from './ids.ts';
import { DetectedAgent } from './profile.ts';

/** Memory of a machine, bytes. */
export const Memory = z.object({
  totalBytes: z.number().int().positive(),
  availableBytes: z.number().int().nonnegative(),
});
export type Memory = z.infer<typeof Memory>;

/** What people set for a profile on this server, over what its file says. */
export const ProfileSettings = z.object({
  profile: z.string(),
  /** No new runs while paused. */
  isPaused: z.boolean(),
  /** Why, for a person; null when somebody paused it by hand without saying why. */
  pauseReason: z.string().nullable(),
  /** What all its runs together may cost. */
  budget: Budget.nullable(),
  /** When somebody last let it take work again: limits that runs met before then no longer hold it back. */
  limitLiftedAt: Millis.nullable().default(null),
  /** The model its runs work with and how hard it thinks, unless a task says another; null for what the profile says. */
  model: z.string().nullable().default(null),
  effort: z.string().nullable().default(null),
});
export type ProfileSettings = z.infer<typeof ProfileSettings>;

const settings = {
  isPaused: z.boolean(),
  pauseReason: z.string().max(1000).nullable(),
  budget: Budget.nullable(),
  model: ModelName.nullable(),
  effort: ModelName.nullable(),
};

export const ProfileSettingsPatch = z
  .object({
    ...settings,
    /** The values that are replaced, as the writer saw them: refused (`changed_meanwhile`) when one of them is another by now. */
    seen: z.object(settings).partial().strict(),
  })
  .partial()
  .strict();
export type ProfileSettingsPatch = z.infer<typeof ProfileSettingsPatch>;

/** A machine that runs agents. */
export const Runner = z.object({
  id: RunnerId,
  name: z.string(),
  isConnected: z.boolean(),
  lastSeenAt: Millis.nullable(),
  /** Runs it takes at once, and how many it has. */
  capacity: z.number().int(),
  liveRuns: z.number().int(),
  /** As of its last beat; null before the first. */
  memory: Memory.nullable().default(null),
  agents: z.array(DetectedAgent),
});
export type Runner = z.infer<typeof Runner>;

/** A profile over all connected runners: what can be chosen as an assignee. */
export const Agent = DetectedAgent.extend({
  liveRuns: z.number().int(),
  runners: z.array(z.string()),
  isPaused: z.boolean().default(false),
  pauseReason: z.string().nullable().default(null),
  budget: Budget.nullable().default(null),
  /** Until when its provider's limit is used up; null when it is not. */
  limitedUntil: Millis.nullable().default(null),
  model: z.string().nullable().default(null),
  effort: z.string().nullable().default(null),
  /** What its last session offered; null before the first. */
  offers: AgentOffers.nullable().default(null),
  /** When it last handed something in, in the last week: only that proves its sign-in. */
  provenAt: Millis.nullable().default(null),
});
export type Agent = z.infer<typeof Agent>;

export const Fleet = z.object({
  runners: z.array(Runner),
  agents: z.array(Agent),
});
export type Fleet = z.infer<typeof Fleet>;
