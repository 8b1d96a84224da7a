import type { LandingResult } from '@quarterdeck/contract/landing';
import type { RunnerQuery } from '@quarterdeck/contract/runner-protocol';
import type { Repository } from './repository.ts';

type LandQuery = Extract<RunnerQuery, { kind: 'land' }>;
export type LandRequest = Omit<LandQuery, 'kind' | 'runId' | 'base'> & {
  readonly base?: LandQuery['base'];
  /** Quarterdeck's home folder on this machine. */
  readonly home: string;
};

/** Everything an attempt to land is decided from. */
export interface Landing {
  readonly request: LandRequest;
  readonly repository: Repository;
  /** The base branch. */
  readonly into: string;
  /** Its last commit. */
  readonly base: string;
  /** Last commit of the task's branch. */
  readonly head: string;
}

/** How an attempt to land ended. */
export type Outcome = Pick<LandingResult, 'status' | 'message'> &
  Partial<Pick<LandingResult, 'commit' | 'files'>>;

export function refused(message: string): Outcome {
  return { status: 'refused', message };
}
