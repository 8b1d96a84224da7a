import { z } from 'zod';

/** A model or an effort as the agent names it. */
export const ModelName = z.string().trim().min(1).max(200);

/** One of the values an agent offers, with its word for people. */
export const Choice = z.object({ value: z.string().max(200), name: z.string().max(200) });
export type Choice = z.infer<typeof Choice>;

/** What can be chosen in the sessions of an agent, as the last one said. */
export const AgentOffers = z.object({
  models: z.array(Choice).max(1000),
  efforts: z.array(Choice).max(100),
  modes: z.array(Choice).max(100),
});
export type AgentOffers = z.infer<typeof AgentOffers>;
