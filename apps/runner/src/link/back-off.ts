const FIRST_MS = 100;
const LONGEST_MS = 5_000;

/** How long to wait before connection attempt `attempt` (0 = first retry): 0.1 s doubling to 5 s, the upper half of it random in [0, 1). */
export function backOffMs(attempt: number, random: number): number {
  const whole = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt, 20));
  return Math.round(whole / 2 + (whole / 2) * random);
}
