const FIRST_MS = 100;
/** Longest pause when nothing else is said, ms. */
export const LONGEST_MS = 5_000;

/** How long to wait before connection attempt `attempt` (0 = first retry): 0.1 s doubling to `longestMs`, the upper half of it random in [0, 1). */
export function backOffMs(attempt: number, random: number, longestMs = LONGEST_MS): number {
  const whole = Math.min(longestMs, FIRST_MS * 2 ** Math.min(attempt, 20));
  return Math.round(whole / 2 + (whole / 2) * random);
}
