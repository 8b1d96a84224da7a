import { expect, it } from 'vitest';
import { includesEndToEnd } from './test-plan.mjs';

it.each([
  [[], true],
  [['e2e/board.test.ts'], true],
  [['packages/core'], false],
  [['packages/core', 'e2e'], true],
  [['--project', 'unit'], false],
  [['--project=e2e'], true],
  [['-t', 'claims a task'], true],
  [['-t', 'e2e', 'tools'], false],
])('npm test -- %j reaches the end-to-end tests: %s', (args, expected) => {
  expect(includesEndToEnd(args)).toBe(expected);
});
