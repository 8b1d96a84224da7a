import { setTimeout as wait } from 'node:timers/promises';

/** Asks again and again until there is an answer. Throws after `deadlineMs`, naming what was awaited. */
export async function until<T>(
  what: string,
  ask: () => T | null | Promise<T | null>,
  deadlineMs = 15_000,
): Promise<T> {
  const deadline = performance.now() + deadlineMs;
  for (;;) {
    const answer = await ask();
    if (answer !== null) return answer;
    if (performance.now() > deadline) throw new Error(`Waited ${deadlineMs} ms for ${what} in vain.`);
    await wait(10);
  }
}
