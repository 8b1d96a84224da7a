import { setTimeout as delay } from 'node:timers/promises';

interface Patience {
  readonly timeoutMs?: number;
  /** How long to wait before asking again; longer where asking is dear. */
  readonly everyMs?: number;
  /** What to add to the error when it never happens. */
  readonly explain?: () => string;
}

/** Asks again until there is an answer, and returns it. Throws with what it waited for when the time is up. */
export async function waitUntil<T>(
  what: string,
  ask: () => T | undefined | null | false | Promise<T | undefined | null | false>,
  { timeoutMs = 30_000, everyMs = 50, explain }: Patience = {},
): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== null && answer !== false) return answer;
    if (performance.now() > deadline)
      throw new Error(`waited ${timeoutMs} ms for ${what}${explain ? `\n${explain()}` : ''}`);
    await delay(everyMs);
  }
}
