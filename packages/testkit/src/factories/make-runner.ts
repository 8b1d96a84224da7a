import type { RunnerId } from '@quarterdeck/contract/ids';
import type { DetectedAgent } from '@quarterdeck/contract/profile';
import type { RunnerRecord } from '@quarterdeck/core/fleet';
import { TEST_START } from '../store/test-clock.ts';

/** An agent that is installed and signed in, with two places. */
export function makeAgent(profile: string, fields: Partial<DetectedAgent> = {}): DetectedAgent {
  return {
    profile,
    name: profile,
    initials: profile.slice(0, 2),
    description: '',
    isInstalled: true,
    isSignedIn: true,
    login: 'present',
    version: '1.0.0',
    remedy: null,
    warnings: [],
    maxConcurrentRuns: 2,
    maxRuntimeMs: 3_600_000,
    ...fields,
  };
}

/** A connected runner with four places and the agents `alpha` and `beta`. */
export function makeRunner(
  fields: Partial<Omit<RunnerRecord, 'id'>> & { readonly id?: string } = {},
): RunnerRecord {
  const { id = 'm_test', ...rest } = fields;
  return {
    id: id as RunnerId,
    name: id.slice(2),
    isConnected: true,
    lastSeenAt: TEST_START,
    capacity: 4,
    agents: [makeAgent('alpha'), makeAgent('beta')],
    memory: null,
    ...rest,
  };
}
