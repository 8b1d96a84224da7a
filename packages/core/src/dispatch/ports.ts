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

/** The same ports inside a use case, with a source of ids. */
export type DispatchTransaction = DispatchPorts & { readonly ids: Ids };

export interface DispatchDeps {
  readonly db: Database<DispatchPorts>;
  readonly clock: Clock;
  readonly ids: Ids;
}
