import type { Reporter, TestModule, TestRunEndReason } from 'vitest/node';
import { noteTotals } from './totals-file.mjs';

/** What a run came to. A file that did not load and an error outside any test each count as one failure. */
interface Totals {
  readonly passed: number;
  readonly failed: number;
}

/**
 * Ends a run with one plain line for machines: `N passed, N failed`.
 * @public Vitest loads it by its path.
 */
export default class TotalsReporter implements Reporter {
  onTestRunEnd(
    modules: readonly TestModule[],
    unhandled: readonly unknown[],
    reason: TestRunEndReason,
  ): void {
    const { passed, failed } = countTests(modules);
    const outside = failed + unhandled.length === 0 && reason === 'failed' ? 1 : unhandled.length;
    const line = `${passed} passed, ${failed + outside} failed`;
    process.stdout.write(`${line}\n`);
    noteTotals(line, process.env);
  }
}

/** Counts the tests of the modules by result. */
function countTests(modules: readonly TestModule[]): Totals {
  const tests = modules.flatMap((module) => [...module.children.allTests()]);
  const broken = modules.filter((module) => module.errors().length > 0);
  return {
    passed: tests.filter((test) => test.result().state === 'passed').length,
    failed: tests.filter((test) => test.result().state === 'failed').length + broken.length,
  };
}
