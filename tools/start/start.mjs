// `npm start`: install what is missing, build what is stale, run the program.
// Plain JavaScript without packages, because it may start on an old system Node before anything is installed.
import { join } from 'node:path';
import { isBuildCurrent } from '../build/build-stamp.mjs';
import { requireNode } from '../runtime/choose-node.mjs';
import { ensureInstalled } from '../runtime/install.mjs';
import { runMain } from '../runtime/refusal.mjs';
import { REPOSITORY_ROOT as root } from '../runtime/repository-root.mjs';
import { runProgram } from '../runtime/run-program.mjs';
import { runStep } from '../runtime/run-step.mjs';

await runMain(async () => {
  await ensureInstalled(root, 'prod');
  const node = requireNode(root);
  if (!isBuildCurrent(root))
    await runStep('Building', [node, join(root, 'tools/build/build.mjs')], { cwd: root });
  return runProgram([node, join(root, 'dist/quarterdeck.mjs'), 'up', ...process.argv.slice(2)]);
});
