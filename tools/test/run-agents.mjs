// `npm run test:agents`: everything the agents' matrix needs, then the matrix. It is not part of `npm test`, because it brings
// a gigabyte of agents into a cache folder.
import { join } from 'node:path';
import { isBuildCurrent } from '../build/build-stamp.mjs';
import { requireNode, TYPESCRIPT_MINIMUM } from '../runtime/choose-node.mjs';
import { ensureInstalled } from '../runtime/install.mjs';
import { runMain } from '../runtime/refusal.mjs';
import { REPOSITORY_ROOT as root } from '../runtime/repository-root.mjs';
import { runProgram } from '../runtime/run-program.mjs';
import { runStep } from '../runtime/run-step.mjs';

await runMain(async () => {
  await ensureInstalled(root, 'dev');
  const node = requireNode(root, TYPESCRIPT_MINIMUM);
  if (!isBuildCurrent(root))
    await runStep('Building', [node, join(root, 'tools/build/build.mjs')], { cwd: root });
  return runProgram([node, join(root, 'e2e/agents/main.ts'), ...process.argv.slice(2)], { cwd: root });
});
