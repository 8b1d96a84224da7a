import { z } from 'zod';

export const LABEL_LIMITS = { length: 50, count: 20 } as const;

/** A label as people write it. Two that differ only in case are the same label. */
export const Label = z
  .string()
  .trim()
  .min(1)
  .max(LABEL_LIMITS.length)
  .regex(/^[^\p{Cc},]+$/u, 'a label has no commas, line breaks or control characters');
export const Labels = z.array(Label).max(LABEL_LIMITS.count);
export type Labels = z.infer<typeof Labels>;
