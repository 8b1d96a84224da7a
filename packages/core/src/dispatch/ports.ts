import type { RunnerId } from '@quarterdeck/contract/ids';
import type { Result } from '@quarterdeck/contract/result';
import type { KeptWork, RunnerQuery } from '@quarterdeck/contract/runner-protocol';
import type { BoardPorts } from '../board/index.ts';
import type { Clock, Database, Ids } from '../events/index.ts';
import type { ProfileSettingsStore, RunnerStore } from '../fleet/index.ts';
import type { ProjectStore } from '../planning/index.ts';
import type { CostStore } from '../runs/index.ts';
import type { SessionPorts } from '../sessions/index.ts';

export interface DispatchPorts extends Omit<BoardPorts, 'projects'>, SessionPorts {
  /** Lets one claiming transaction at a time count free places, over all servers. */
  readonly claims: { lock(): Promise<void> };
  readonly projects: ProjectStore;
  readonly runners: RunnerStore;
  readonly profileSettings: ProfileSettingsStore;
  readonly costs: CostStore;
}

export type KeepOrder = Extract<RunnerQuery, { kind: 'keep' }>;

/** The machine that has the workspaces of its runs. */
export interface KeepingSite {
  /** Commits what lies in a workspace. Asked twice it answers the same; a runner out of reach is a refusal. */
  keep(runnerId: RunnerId, order: KeepOrder): Promise<Result<KeptWork>>;
}

/** The same ports inside a use case, with a source of ids. */
export type DispatchTransaction = DispatchPorts & { readonly ids: Ids };

export interface DispatchDeps {
  readonly db: Database<DispatchPorts>;
  readonly clock: Clock;
  readonly ids: Ids;
}
