import { ERRORS } from '@quarterdeck/contract/errors';
import type { Result } from '@quarterdeck/contract/result';
import { waitUntil } from '../program/wait-until.ts';

/** Asks until the server is there to answer; one that is leaving is asked again when the next has come. */
export function askAgain<T>(ask: () => Promise<Result<T>>): Promise<Result<T>> {
  return waitUntil('an answer of the server', async () => {
    const answer = await ask();
    return (answer.ok || !ERRORS[answer.refusal.code].retryable) && answer;
  });
}
