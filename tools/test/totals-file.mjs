// How the suites tell `.ci/run` what they came to, so that one line can say it for all of them.
import { appendFileSync } from 'node:fs';

const LINE = /^(\d+) passed, (\d+) failed(?:, \d+ skipped)?$/;

/** @typedef {{ readonly passed: number, readonly failed: number }} Totals */

/**
 * Notes the closing line of a suite in the file that QUARTERDECK_TOTALS names; does nothing without it.
 * @param {string} line @param {NodeJS.ProcessEnv} env
 */
export function noteTotals(line, env) {
  if (env.QUARTERDECK_TOTALS) appendFileSync(env.QUARTERDECK_TOTALS, `${line}\n`);
}

/**
 * Adds up the closing lines of suites. One that said nothing counts as a failure: it did not come to its end.
 * @param {string} text @param {number} suites how many should have said something
 * @returns {Totals}
 */
export function addTotals(text, suites) {
  const said = text.split('\n').flatMap((line) => {
    const [, passed, failed] = LINE.exec(line) ?? [];
    return passed === undefined ? [] : [{ passed: Number(passed), failed: Number(failed) }];
  });
  return {
    passed: said.reduce((sum, { passed }) => sum + passed, 0),
    failed: said.reduce((sum, { failed }) => sum + failed, 0) + Math.max(0, suites - said.length),
  };
}
