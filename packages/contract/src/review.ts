import { z } from 'zod';
import { Millis, RunId } from './ids.ts';

/** What a reviewer said of handed-in work. An agent's approval does not land anything: a person or `task land` does. */
export const ReviewVerdict = z.object({
  decision: z.enum(['approved', 'changes_requested']),
  by: z.string(),
  summary: z.string(),
  /** The commit that was looked at; null where there is none, and in reviews of earlier versions. */
  head: z.string().nullable().default(null),
  /** The run of the reviewing agent; null when a person ruled. */
  runId: RunId.nullable(),
  at: Millis,
});
export type ReviewVerdict = z.infer<typeof ReviewVerdict>;

/** `reviewer` a profile or a person's name; left out, any person may review. */
export const ReviewRequest = z.object({
  reviewer: z.string().max(120).nullish(),
  summary: z.string().max(64_000).nullish(),
});
export type ReviewRequest = z.output<typeof ReviewRequest>;
