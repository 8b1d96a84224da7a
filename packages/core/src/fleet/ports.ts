import type { Memory, ProfileSettings } from '@quarterdeck/contract/fleet';
import type { RunnerId } from '@quarterdeck/contract/ids';
import type { DetectedAgent } from '@quarterdeck/contract/profile';
import type { Clock, Database, EventLog } from '../events/index.ts';
import type { RunStore } from '../runs/index.ts';

export interface RunnerRecord {
  readonly id: RunnerId;
  readonly name: string;
  readonly isConnected: boolean;
  readonly lastSeenAt: number | null;
  readonly capacity: number;
  readonly agents: readonly DetectedAgent[];
  /** As of its last beat. */
  readonly memory: Memory | null;
}

export interface RunnerStore {
  find(runnerId: RunnerId): Promise<RunnerRecord | null>;
  list(): Promise<RunnerRecord[]>;
  save(runner: RunnerRecord): Promise<void>;
}

/** What people set for profiles. A profile nobody set anything for has no row. */
export interface ProfileSettingsStore {
  find(profile: string): Promise<ProfileSettings | null>;
  list(): Promise<ProfileSettings[]>;
  save(settings: ProfileSettings): Promise<void>;
}

export interface FleetPorts {
  readonly runners: RunnerStore;
  readonly profileSettings: ProfileSettingsStore;
  readonly runs: RunStore;
  readonly events: EventLog;
}

export interface FleetDeps {
  readonly db: Database<FleetPorts>;
  readonly clock: Clock;
}
