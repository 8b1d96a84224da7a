// `npm test`: everything the tests need, then all of them. `npm test -- packages/core` runs those below a path.
import { join } from 'node:path';
import { isBuildCurrent } from '../build/build-stamp.mjs';
import { requireNode } from '../runtime/choose-node.mjs';
import { ensureInstalled } from '../runtime/install.mjs';
import { runMain } from '../runtime/refusal.mjs';
import { REPOSITORY_ROOT as root } from '../runtime/repository-root.mjs';
import { runProgram } from '../runtime/run-program.mjs';
import { runStep } from '../runtime/run-step.mjs';
import { preparePackages } from './prepare-packages.mjs';
import { ensureSystemPrograms } from './system-programs.mjs';
import { includesEndToEnd } from './test-plan.mjs';

await runMain(async () => {
  const args = process.argv.slice(2);
  await ensureInstalled(root, 'dev');
  const node = requireNode(root);
  await preparePackages(root, node);
  const env = includesEndToEnd(args) ? await prepareEndToEnd(node) : process.env;
  const reporters = ['--reporter=default', '--reporter=./tools/test/totals-reporter.ts'];
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  return runProgram([node, vitest, 'run', ...reporters, ...args], { cwd: root, env });
});

/** @param {string} node */
async function prepareEndToEnd(node) {
  const browser = await ensureSystemPrograms(root);
  if (!isBuildCurrent(root))
    await runStep('Building', [node, join(root, 'tools/build/build.mjs')], { cwd: root });
  return { ...process.env, QUARTERDECK_CHROMIUM: browser };
}
