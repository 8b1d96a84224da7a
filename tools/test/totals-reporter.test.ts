import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openFixture } from '../check/open-fixture.ts';
import { REPOSITORY_ROOT } from '../runtime/repository-root.mjs';

const VITEST = join(REPOSITORY_ROOT, 'node_modules/vitest/vitest.mjs');
const REPORTER = join(REPOSITORY_ROOT, 'tools/test/totals-reporter.ts');

function lastLineOf(files: Readonly<Record<string, string>>): string | undefined {
  using fixture = openFixture(files);
  const args = [VITEST, 'run', '--globals', `--root=${fixture.root}`, `--reporter=${REPORTER}`];
  const { stdout } = spawnSync(process.execPath, args, { cwd: REPOSITORY_ROOT, encoding: 'utf8' });
  return stdout.trimEnd().split('\n').at(-1);
}

it('counts tests, a file that does not load, and an error outside any test', () => {
  const totals = lastLineOf({
    'a.test.js': 'it("holds", () => {}); it("breaks", () => { throw new Error("no"); });',
    'b.test.js': 'throw new Error("does not load");',
    'c.test.js':
      'it("holds", async () => { Promise.reject(new Error("late")); await new Promise(setImmediate); });',
  });
  expect(totals).toBe('2 passed, 3 failed');
});

it('says so when all is well', () => {
  expect(lastLineOf({ 'a.test.js': 'it("holds", () => {});' })).toBe('1 passed, 0 failed');
});
