// npm leaves a platform's package out of package-lock.json when the registry at hand does not carry it, and `npm ci`
// then refuses the whole file everywhere. What it would have written follows from the parent's entry and the name.

/**
 * @typedef {object} LockedPackage
 * @property {string} [version]
 * @property {boolean} [dev]
 * @property {boolean} [optional]
 * @property {string[]} [os]
 * @property {string[]} [cpu]
 * @property {string[]} [libc]
 * @property {string} [resolved]
 * @property {boolean} [link]
 * @property {Record<string, string>} [optionalDependencies]
 */
/** @typedef {Record<string, LockedPackage>} LockedPackages */

const SYSTEMS = [
  'aix',
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
  'windows',
];
const PROCESSORS = [
  'arm',
  'arm64',
  'ia32',
  'loong64',
  'mips64el',
  'ppc64',
  'riscv64',
  's390x',
  'wasm32',
  'x64',
];
const EXACT_VERSION = /^\d+\.\d+\.\d+(-[\w.]+)?$/;

/**
 * The entries that optional dependencies with an exact version lack, by their path in node_modules.
 * @param {LockedPackages} packages
 * @returns {LockedPackages}
 */
export function missingPlatforms(packages) {
  const entries = Object.entries(packages).flatMap(([parent, { dev, optionalDependencies = {} }]) =>
    Object.entries(optionalDependencies)
      .filter(([name, version]) => EXACT_VERSION.test(version) && !isLocked(packages, parent, name))
      .map(
        ([name, version]) =>
          /** @type {const} */ ([`node_modules/${name}`, platformEntry(name, version, dev)]),
      ),
  );
  return Object.fromEntries(entries);
}

/**
 * The packages whose address of one registry was written down; the lockfile must work with any.
 * @param {LockedPackages} packages
 */
export function registryAddresses(packages) {
  return Object.entries(packages)
    .filter(([, entry]) => !entry.link && /^https?:/.test(entry.resolved ?? ''))
    .map(([path]) => path);
}

/** @param {LockedPackages} packages @param {string} parent @param {string} name */
function isLocked(packages, parent, name) {
  return (
    packages[`node_modules/${name}`] !== undefined || packages[`${parent}/node_modules/${name}`] !== undefined
  );
}

/** @param {string} name @param {string} version @param {boolean | undefined} dev @returns {LockedPackage} */
function platformEntry(name, version, dev) {
  const words = name.split(/[-/_]/);
  const system = SYSTEMS.find((candidate) => words.includes(candidate));
  const processor = PROCESSORS.find((candidate) => words.includes(candidate));
  const library = words.includes('musl') ? 'musl' : words.includes('gnu') ? 'glibc' : undefined;
  return {
    version,
    ...(processor ? { cpu: [processor] } : {}),
    ...(dev ? { dev } : {}),
    ...(library ? { libc: [library] } : {}),
    optional: true,
    ...(system ? { os: [system === 'windows' ? 'win32' : system] } : {}),
  };
}
