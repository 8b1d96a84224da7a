import type { FailureHint } from '@quarterdeck/contract/journal';
import { asSentence } from './clean-reason.ts';

interface Words {
  readonly what: string;
  readonly next: string;
}

/** What happened and what to do next, around what the agent said itself. The last two are told in full by whoever saw the process. */
const WORDS: Readonly<Record<FailureHint, Words>> = {
  sign_in_needed: {
    what: 'The agent is not signed in, or its login is no longer accepted',
    next: 'Sign it in again (quarterdeck doctor says how), then move the task to ready.',
  },
  rate_limited: {
    what: "The provider's limit for short times is reached",
    next: 'The task goes on by itself when the limit ends.',
  },
  quota_used_up: {
    what: 'The usage limit of the account is used up',
    next: 'The task goes on by itself after the reset. If there is more to use now, resume the agent; or give the task to another one.',
  },
  model_refused: {
    what: 'The model cannot be used',
    next: 'Choose another model, then move the task to ready.',
  },
  provider_error: {
    what: "The model's provider does not answer as it should",
    next: 'It is tried again by itself, later each time.',
  },
  context_full: {
    what: 'The conversation became too long for the model',
    next: 'The next attempt starts a fresh one. If that happens again, make the task smaller or choose a model with a larger context.',
  },
  content_refused: {
    what: 'The model or its provider refused the content',
    next: 'Say in the task what is meant in other words, or give it to another agent.',
  },
  crashed: { what: '', next: '' },
  start_failed: { what: '', next: '' },
};

/** A failure as a card shows it: what happened, why in the agent's own words, what to do next. */
export function failureText(hint: FailureHint, reason: string, model: string | null): string {
  const { what, next } = WORDS[hint];
  if (what === '') return reason === '' ? 'The agent gave no reason.' : reason;
  const named = hint === 'model_refused' && model !== null ? `The model ${model} cannot be used` : what;
  return reason === '' ? `${named}. ${next}` : `${named}: ${asSentence(reason)} ${next}`;
}
