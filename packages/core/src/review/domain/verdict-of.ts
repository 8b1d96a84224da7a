import type { ReviewVerdict } from '@quarterdeck/contract/review';

/** What is kept of a person's ruling. */
export function verdictOf(
  by: string,
  decision: ReviewVerdict['decision'],
  { summary, head, at }: Pick<ReviewVerdict, 'summary' | 'head' | 'at'>,
): ReviewVerdict {
  return { decision, by, summary, head, runId: null, at };
}
