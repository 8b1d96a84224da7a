import { z } from 'zod';
import { Millis, RunId } from './ids.ts';

/**
 * How the work of a task comes into the base branch: `fast-forward` moves the base branch to the task's last commit, `merge` adds a
 * merge commit, `squash` adds one commit with all changes.
 */
export const LANDING_STRATEGIES = ['merge', 'squash', 'fast-forward'] as const;
export const LandingStrategy = z.enum(LANDING_STRATEGIES);
export type LandingStrategy = z.infer<typeof LandingStrategy>;

/** What came of bringing a task's branch into the base branch. Nothing was changed unless it is `landed`. */
export const LandingResult = z.object({
  status: z.enum(['landed', 'conflict', 'refused']),
  /** `copy`: copied back into the folder of a project without git. */
  strategy: z.enum([...LANDING_STRATEGIES, 'copy']),
  /** The base branch, or the folder; empty when there is none. */
  into: z.string(),
  /** The commit of the base branch that holds the work. */
  commit: z.string().nullable(),
  /** The changes that landed, or were to: all commits from `base` to `head`. */
  base: z.string().nullable().default(null),
  head: z.string().nullable().default(null),
  /** Of `refused`: what would land is not what was asked for. Whoever asked has to look at the changes again. */
  isOutdated: z.boolean().default(false),
  /** Files that conflict. */
  files: z.array(z.string()),
  /** What happened and what to do next, for a person. */
  message: z.string(),
});
export type LandingResult = z.infer<typeof LandingResult>;

/** The last landing of a task as it is kept. */
export const Landing = LandingResult.omit({ isOutdated: true }).extend({
  runId: RunId,
  at: Millis,
  by: z.string(),
});
export type Landing = z.infer<typeof Landing>;

const message = z.string().max(16_000).nullish();

/** What a reviewer saw, so that nothing else is approved by accident; leave it out to take what is there. */
const seen = {
  runId: z.string().nullish(),
  /** The commit the changes shown counted from. */
  base: z.string().max(64).nullish(),
  /** Last commit of the branch, as the changes showed it. */
  head: z.string().max(64).nullish(),
};

export const LandInput = z.object({ strategy: LandingStrategy.default('merge'), message, ...seen });
export type LandInput = z.output<typeof LandInput>;

/** `land` null approves without touching the base branch. */
export const ApproveInput = z.object({ land: LandingStrategy.nullish(), message, ...seen });
export type ApproveInput = z.output<typeof ApproveInput>;

/** A remark about one line of the changes. */
export const LineComment = z.object({
  path: z.string().min(1).max(4096),
  line: z.number().int().positive(),
  /** Whether `line` counts lines before or after the change. */
  side: z.enum(['old', 'new']).default('new'),
  /** The line itself, so that the remark still finds its place when lines have moved. */
  quote: z.string().max(400).nullish(),
  body: z.string().min(1).max(16_000),
});
export type LineComment = z.output<typeof LineComment>;

export const ChangesInput = z.object({
  summary: z.string().max(64_000).default(''),
  comments: z.array(LineComment).max(500).default([]),
});
export type ChangesInput = z.output<typeof ChangesInput>;
