import type { FailureHint } from '@quarterdeck/contract/journal';
import { classify, searched } from '../failures/classify.ts';
import { reasonOf } from '../failures/clean-reason.ts';
import { readError } from '../failures/error-fields.ts';
import { failureText } from '../failures/failure-words.ts';
import { modelIn } from '../failures/model-name.ts';
import { resetTime } from '../failures/reset-time.ts';

export interface Failure {
  readonly hint: FailureHint;
  /** For a person: what happened, why, what to do next. */
  readonly message: string;
  readonly resetAt: number | null;
}

const HAS_RESET: ReadonlySet<Failure['hint']> = new Set(['rate_limited', 'quota_used_up', 'provider_error']);

/** What an error of an agent means, from every field it came with. `otherwise` is the hint when nothing is recognised. */
export function recogniseFailure(error: unknown, otherwise: Failure['hint'], now: number): Failure {
  const read = readError(error);
  const hint = classify(read) ?? otherwise;
  const text = searched(read);
  const model = hint === 'model_refused' ? modelIn(text) : null;
  const resetAt = HAS_RESET.has(hint) ? resetTime({ fields: read.fields, text }, { now }) : null;
  return { hint, message: failureText(hint, reasonOf(read), model), resetAt };
}
