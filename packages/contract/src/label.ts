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

/** Whether two labels are the same, whatever their case. */
export const isSameLabel = (one: string, other: string): boolean => labelKey(one) === labelKey(other);

const labelKey = (label: string): string => label.toLowerCase();

/** The labels without `remove` and with `add` at the end, each once: the first spelling stays and so does the order. */
export function mergeLabels(
  labels: readonly string[],
  change: { readonly add?: readonly string[]; readonly remove?: readonly string[] },
): string[] {
  const removed = new Set((change.remove ?? []).map(labelKey));
  const kept = new Map<string, string>();
  for (const label of [...labels.filter((it) => !removed.has(labelKey(it))), ...(change.add ?? [])])
    if (!kept.has(labelKey(label))) kept.set(labelKey(label), label);
  return [...kept.values()];
}
