import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { neededInstall } from './install-state.mjs';
import { runStep } from './run-step.mjs';

/** @typedef {import('./install-state.mjs').Flavour} Flavour */

/**
 * Brings node_modules in line with package-lock.json; does nothing when it already is.
 * @param {string} root @param {Flavour} wanted
 */
export async function ensureInstalled(root, wanted) {
  const installed = readInstalled(root);
  const lock = readLock(join(root, 'package-lock.json'));
  if (!lock) throw new Error(`package-lock.json is missing in ${root}`);
  const flavour = neededInstall(lock, installed, wanted);
  if (!flavour) return;
  const omit = flavour === 'prod' ? ['--omit=dev'] : [];
  const label =
    flavour === 'prod' ? 'Installing packages' : 'Installing packages, also those for development';
  await runStep(
    label,
    [...npmCommand(process.env), 'ci', ...omit, '--no-audit', '--no-fund', '--no-progress'],
    { cwd: root },
  );
}

/**
 * The npm that started us, run by its own Node: ours may live in the node_modules that is about to be replaced.
 * @param {NodeJS.ProcessEnv} env
 * @returns {readonly [string, ...string[]]}
 */
export function npmCommand(env) {
  const { npm_node_execpath: node, npm_execpath: npm } = env;
  return node && npm && /npm-cli\.[cm]?js$/.test(npm) ? [node, npm] : ['npm'];
}

/**
 * npm's record of node_modules without what is not there: `npm install --package-lock-only` records packages it never fetched.
 * @param {string} root
 */
export function readInstalled(root) {
  const record = readLock(join(root, 'node_modules', '.package-lock.json'));
  if (!record) return undefined;
  const present = Object.entries(record.packages).filter(([path]) => existsSync(join(root, path)));
  return { packages: Object.fromEntries(present) };
}

/** @param {string} path @returns {import('./install-state.mjs').Lock | undefined} */
function readLock(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}
