import { z } from 'zod';

/** Tokens and money of a run. Unknown is null, never 0. */
export const Usage = z.object({
  /** All input, cached tokens included where the agent says so. */
  inputTokens: z.number().int().nullable(),
  outputTokens: z.number().int().nullable(),
  cachedTokens: z.number().int().nullable(),
  /** Millionths of a US dollar. */
  costMicros: z.number().int().nullable(),
  /** `reported` by the agent, or `estimated` from list prices. */
  costSource: z.enum(['reported', 'estimated']).nullable(),
  /** Tokens in the model's context now, and how many fit. */
  contextUsed: z.number().int().nullable(),
  contextSize: z.number().int().nullable(),
  model: z.string().nullable(),
  /** How hard the model is told to think, in the agent's word. */
  effort: z.string().nullable().default(null),
});
export type Usage = z.infer<typeof Usage>;

export const NO_USAGE: Usage = {
  inputTokens: null,
  outputTokens: null,
  cachedTokens: null,
  costMicros: null,
  costSource: null,
  contextUsed: null,
  contextSize: null,
  model: null,
  effort: null,
};
