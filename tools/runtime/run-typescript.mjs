import { requireNode, TYPESCRIPT_MINIMUM } from './choose-node.mjs';
import { ensureInstalled } from './install.mjs';
import { REPOSITORY_ROOT } from './repository-root.mjs';
import { runProgram } from './run-program.mjs';

/**
 * Runs one of the repository's TypeScript tools with its development packages installed, on a Node that reads TypeScript.
 * @param {string} script absolute path @param {readonly string[]} args
 */
export async function runTypeScript(script, args) {
  await ensureInstalled(REPOSITORY_ROOT, 'dev');
  return runProgram([requireNode(REPOSITORY_ROOT, TYPESCRIPT_MINIMUM), script, ...args], {
    cwd: REPOSITORY_ROOT,
  });
}
