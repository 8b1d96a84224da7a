import type { Run, Unkept } from '@quarterdeck/contract/run';
import type { KeptWork } from '@quarterdeck/contract/runner-protocol';
import type { RunOutcome } from '@quarterdeck/contract/status';

type Flaws = Pick<Run, 'unkept' | 'notes' | 'pastReview'>;

/** What is to be said of a run's work as its runner kept it. A reviewer has no work of its own. */
export function flawsOf({ purpose }: Pick<Run, 'purpose'>, kept: KeptWork): Flaws {
  const { keepFailure: failure, keepRemedy: remedy, leftOut, notes, pastReview } = kept;
  const isWhole = purpose === 'review' || (failure === null && leftOut.length === 0);
  return {
    unkept: isWhole ? null : { failure, leftOut, remedy, isUnheard: false },
    notes,
    pastReview,
  };
}

/** Of a run that ends without a word of its runner: what its agent finished on a branch may be in no commit. */
export function flawsUnheard(
  run: Pick<Run, 'purpose' | 'branch'> & { readonly reportedOutcome: RunOutcome | null },
): Partial<Flaws> {
  const isHandedIn = run.reportedOutcome === 'completed' || run.reportedOutcome === 'review_requested';
  const unkept: Unkept = {
    failure: 'Its runner has not come back to say whether the work was committed.',
    leftOut: [],
    remedy: null,
    isUnheard: true,
  };
  return isHandedIn && run.purpose === 'work' && run.branch !== null ? { unkept } : {};
}
