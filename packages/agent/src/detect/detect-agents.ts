import type { DetectedAgent, Profile } from '@quarterdeck/contract/profile';

export interface Machine {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The person's home folder, where agents keep their sign-in. */
  readonly personHome: string;
}

/** Which agents are here, signed in and of which version, in the order of the profiles. Never fails; at most 3 processes at once. */
export async function detectAgents(
  _profiles: readonly Profile[],
  _machine: Machine,
): Promise<readonly DetectedAgent[]> {
  throw new Error('being written');
}
