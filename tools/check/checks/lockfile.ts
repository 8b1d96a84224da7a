import { missingPlatforms, registryAddresses } from '../../lockfile/missing-platforms.mjs';
import type { Check } from '../check.ts';

/** `npm ci` works with each lockfile on every platform and with every registry. */
export const lockfile: Check = {
  name: 'lockfile',
  run: async (repository) => ({
    problems: repository.paths
      .filter((path) => /(^|\/)package-lock\.json$/.test(path))
      .flatMap((path) => judgeLockfile(repository.read(path)).map((problem) => `${path}: ${problem}`)),
  }),
};

/** What keeps the text of a lockfile from being used elsewhere. */
export function judgeLockfile(text: string): readonly string[] {
  const { packages } = JSON.parse(text);
  return [
    ...registryAddresses(packages).map(
      (path) => `${path} is bound to the address of one registry; install with the settings of .npmrc`,
    ),
    ...Object.keys(missingPlatforms(packages)).map(
      (path) => `${path} is missing, so npm ci fails; run npm run lockfile`,
    ),
  ];
}
