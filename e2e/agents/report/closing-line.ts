import { noteTotals } from '../../../tools/test/totals-file.mjs';
import type { Outcome } from './outcome.ts';

/** Ends a run with one plain line for machines. */
export function close(outcomes: readonly Pick<Outcome, 'verdict'>[]): void {
  const line = closingLine(outcomes);
  console.log(line);
  noteTotals(line, process.env);
}

/** `N passed, N failed`, and how many were skipped. */
export function closingLine(outcomes: readonly Pick<Outcome, 'verdict'>[]): string {
  const count = (verdict: Outcome['verdict']) => outcomes.filter((it) => it.verdict === verdict).length;
  const skipped = count('skipped');
  return `${count('passed')} passed, ${count('failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
