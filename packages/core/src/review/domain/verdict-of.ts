import type { ReviewVerdict } from '@quarterdeck/contract/review';

/** What is kept of a person's ruling. */
export function verdictOf(
  by: string,
  decision: ReviewVerdict['decision'],
  { summary, at }: Pick<ReviewVerdict, 'summary' | 'at'>,
): ReviewVerdict {
  return { decision, by, summary, runId: null, at };
}
