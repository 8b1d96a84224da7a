// Makes sure that the programs the end-to-end tests drive are on this machine.
import { Refusal } from '../runtime/refusal.mjs';
import { runStep } from '../runtime/run-step.mjs';
import { findBrowser, isOnPath } from './find-browser.mjs';

/**
 * The Debian packages to install so that git, a sandbox and a browser are there.
 * @param {{ hasBrowser: boolean, hasGit: boolean, hasSandbox: boolean }} present
 */
export function missingPackages({ hasBrowser, hasGit, hasSandbox }) {
  return [
    ...(hasBrowser ? [] : ['chromium']),
    ...(hasGit ? [] : ['git']),
    ...(hasSandbox ? [] : ['bubblewrap']),
  ];
}

/**
 * Installs what is missing where that is possible (root on Debian), refuses where it is not; answers with the browser's path.
 * The sandbox is only a wish: without it the tests that need it say so.
 * @param {string} root
 */
export async function ensureSystemPrograms(root) {
  const { env } = process;
  const present = {
    hasBrowser: findBrowser(env) !== undefined,
    hasGit: isOnPath('git', env),
    hasSandbox: isOnPath('bwrap', env),
  };
  const packages = missingPackages({
    ...present,
    hasSandbox: present.hasSandbox || process.platform !== 'linux',
  });
  if (packages.length > 0 && canInstall()) await installDebianPackages(packages, root);
  const browser = findBrowser(env);
  if (browser && isOnPath('git', env)) return browser;
  throw new Refusal(
    `The tests need ${browser ? 'git' : 'a Chromium browser'}, and none was found. Install it (Debian: apt-get install ` +
      `${packages.join(' ')}), or name a Chromium or Chrome in QUARTERDECK_CHROMIUM, and run npm test again.`,
  );
}

function canInstall() {
  return process.getuid?.() === 0 && isOnPath('apt-get', process.env);
}

/** @param {readonly string[]} packages @param {string} root */
async function installDebianPackages(packages, root) {
  const options = { cwd: root, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  await runStep('Reading the list of system packages', ['apt-get', 'update'], options);
  const install = /** @type {const} */ (['apt-get', 'install', '-y', '--no-install-recommends', ...packages]);
  await runStep(`Installing ${packages.join(', ')} for the tests`, [...install], options);
}
