import type { Profile } from '@quarterdeck/contract/profile';

export interface DemoLaunch {
  /** Path of the demo agent's program. */
  readonly demoAgentEntry: string;
  /** The node that runs it; usually `process.execPath`. */
  readonly nodePath: string;
}

/** The agents Quarterdeck knows without any configuration. */
export function builtinProfiles(_launch: DemoLaunch): readonly Profile[] {
  throw new Error('being written');
}
