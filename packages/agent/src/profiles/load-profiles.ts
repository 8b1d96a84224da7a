import type { Profile } from '@quarterdeck/contract/profile';
import type { DemoLaunch } from './builtin-profiles.ts';

export interface LoadedProfiles {
  readonly profiles: readonly Profile[];
  /** Files of the user that could not be used: file name and reason, for a person. */
  readonly problems: readonly { readonly file: string; readonly reason: string }[];
}

/** The built-in profiles and those in `<home>/profiles/*.json`; one of the same id replaces the built-in. */
export async function loadProfiles(
  _request: DemoLaunch & { readonly home: string },
): Promise<LoadedProfiles> {
  throw new Error('being written');
}
