import type { Profile } from '@quarterdeck/contract/profile';
import type { VersionAnswer } from './read-version.ts';

/** What may go wrong with an agent that can be used: a version known not to work well, a profile that nobody has tried. */
export function warningsFor(
  { detect, command }: Pick<Profile, 'detect' | 'command'>,
  { version, fault }: VersionAnswer,
): readonly string[] {
  const { atLeast, isUntried, versionArgs } = detect;
  const isOld = atLeast !== null && version !== null && isOlder(version, atLeast.version);
  return [
    ...(fault === null
      ? []
      : [`\`${[command, ...versionArgs].join(' ')}\` fails, so it may not start: ${fault}`]),
    ...(isOld ? [`Version ${version} is older than ${atLeast.version}: ${atLeast.because}`] : []),
    ...(isUntried
      ? ['Its profile was written from its documentation and has not been run with the real agent yet.']
      : []),
  ];
}

/** Compares the numbers of two versions; a part that is missing is 0. */
export function isOlder(version: string, than: string): boolean {
  const [one, other] = [version, than].map((text) => text.split('-')[0]?.split('.').map(Number) ?? []);
  for (const at of [0, 1, 2]) {
    const difference = (one?.[at] ?? 0) - (other?.[at] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
