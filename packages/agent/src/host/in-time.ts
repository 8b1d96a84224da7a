import { SessionError } from './session-error.ts';

/** Waits for work of the agent, at most so long. */
export async function inTime<T>(work: Promise<T>, ms: number, what: string): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const seconds = Math.round(ms / 1000);
  const late = new SessionError(
    `The agent did not ${what} within ${seconds} s. Look at its log, and try its command by hand.`,
  );
  const timer = setTimeout(() => reject(late), ms);
  return Promise.race([work, promise]).finally(() => clearTimeout(timer));
}
