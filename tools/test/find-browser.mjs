import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const MAC_PATH = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

/**
 * The path of a Chromium to test with: QUARTERDECK_CHROMIUM when set, else the first one found on this machine.
 * @param {NodeJS.ProcessEnv} env @param {(path: string) => boolean} [isProgram]
 */
export function findBrowser(env, isProgram = isExecutable) {
  if (env.QUARTERDECK_CHROMIUM) return env.QUARTERDECK_CHROMIUM;
  const folders = ['/usr/bin', ...(env.PATH ?? '').split(delimiter).filter((folder) => folder !== '')];
  const candidates = [...folders.flatMap((folder) => NAMES.map((name) => join(folder, name))), MAC_PATH];
  return candidates.find(isProgram);
}

/**
 * Whether a program of this name is on the PATH.
 * @param {string} name @param {NodeJS.ProcessEnv} env
 */
export function isOnPath(name, env) {
  return (env.PATH ?? '').split(delimiter).some((folder) => isExecutable(join(folder, name)));
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
