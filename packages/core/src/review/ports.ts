import type { RunnerId } from '@quarterdeck/contract/ids';
import type { LandingResult } from '@quarterdeck/contract/landing';
import type { Result } from '@quarterdeck/contract/result';
import type { RunnerQuery } from '@quarterdeck/contract/runner-protocol';
import type { BoardPorts } from '../board/index.ts';
import type { Clock, Database, Ids } from '../events/index.ts';
import type { ProjectStore } from '../planning/index.ts';

export type LandOrder = Extract<RunnerQuery, { kind: 'land' }>;

/** The machine that has the repository. */
export interface LandingSite {
  /** Lands a branch. Asked twice it answers twice that it has landed; a runner out of reach is a refusal. */
  land(runnerId: RunnerId, order: LandOrder): Promise<Result<LandingResult>>;
}

export interface ReviewPorts extends Omit<BoardPorts, 'projects'> {
  readonly projects: ProjectStore;
}

export interface ReviewDeps {
  readonly db: Database<ReviewPorts>;
  readonly clock: Clock;
  readonly ids: Ids;
}
