import type { Outcome } from './outcome.ts';

/** The last line of a run, for machines: `N passed, N failed`. */
export function closingLine(outcomes: readonly Pick<Outcome, 'verdict'>[]): string {
  const count = (verdict: Outcome['verdict']) => outcomes.filter((it) => it.verdict === verdict).length;
  const skipped = count('skipped');
  return `${count('passed')} passed, ${count('failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
