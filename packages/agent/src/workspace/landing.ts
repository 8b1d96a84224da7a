import type { LandingResult } from '@quarterdeck/contract/landing';
import type { RunnerQuery } from '@quarterdeck/contract/runner-protocol';
import type { Place } from './git.ts';
import type { Repository } from './repository.ts';

export type LandRequest = Omit<Extract<RunnerQuery, { kind: 'land' }>, 'kind' | 'runId' | 'workspaceKind'> & {
  /** Quarterdeck's home folder on this machine. */
  readonly home: string;
  /** Where the runner keeps its private git folders. */
  readonly trees: string;
};

/** Everything an attempt to land is decided from. */
export interface Landing {
  readonly request: LandRequest;
  readonly repository: Repository;
  /** Where committed objects are read. */
  readonly reader: Place;
  /** The base branch. */
  readonly into: string;
  /** Its last commit. */
  readonly base: string;
  /** Last commit of the task's branch. */
  readonly head: string;
}

/** How an attempt to land ended. */
export type Outcome = Pick<LandingResult, 'status' | 'message'> &
  Partial<Pick<LandingResult, 'commit' | 'files' | 'base' | 'head' | 'isOutdated'>>;

export function refused(message: string): Outcome {
  return { status: 'refused', message };
}

/** Names the commit of a branch that a squash holds, because git does not remember it. */
export const HEAD_TRAILER = 'Quarterdeck-Head';
