// Decides whether node_modules matches package-lock.json, from the record npm itself leaves behind
// (node_modules/.package-lock.json, written only when an install has finished).

/** @typedef {'prod' | 'dev'} Flavour */
/**
 * @typedef {object} LockedPackage
 * @property {string} [version]
 * @property {string} [integrity]
 * @property {string} [resolved]
 * @property {boolean} [link]
 * @property {boolean} [dev]
 * @property {boolean} [optional]
 * @property {boolean} [devOptional]
 */
/** @typedef {{ packages: Record<string, LockedPackage> }} Lock */

/**
 * Which install is needed to have `wanted`, or undefined when there is nothing to do.
 * An install that holds the development packages is never replaced by one without them.
 * @param {Lock} lock @param {Lock | undefined} installed @param {Flavour} wanted
 * @returns {Flavour | undefined}
 */
export function neededInstall(lock, installed, wanted) {
  if (!installed) return wanted;
  const holdsDev = Object.values(installed.packages).some((entry) => entry.dev);
  const flavour = holdsDev ? 'dev' : wanted;
  const matches = Object.entries(lock.packages)
    .filter(([path]) => path.includes('node_modules/'))
    .every(([path, entry]) => isSatisfied(entry, installed.packages[path], flavour));
  return matches ? undefined : flavour;
}

/**
 * Packages for another platform or only for development may be absent; what is present must be the locked version.
 * @param {LockedPackage} locked @param {LockedPackage | undefined} present @param {Flavour} flavour
 */
function isSatisfied(locked, present, flavour) {
  if (!present) return Boolean(locked.optional || locked.devOptional || (locked.dev && flavour === 'prod'));
  if (locked.link) return present.link === true && present.resolved === locked.resolved;
  return present.version === locked.version && present.integrity === locked.integrity;
}
