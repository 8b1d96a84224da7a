import type { Run } from '@quarterdeck/contract/run';
import type { KeptWork } from '@quarterdeck/contract/runner-protocol';

/** What is to be said of work as its runner kept it. */
export function flawsOf(kept: KeptWork): Pick<Run, 'unkept' | 'notes' | 'pastReview'> {
  const { keepFailure: failure, keepRemedy: remedy, leftOut, notes, pastReview } = kept;
  const isWhole = failure === null && leftOut.length === 0;
  return { unkept: isWhole ? null : { failure, leftOut, remedy }, notes, pastReview };
}
