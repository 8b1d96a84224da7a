import type { AgentOffers } from '@quarterdeck/contract/agent-choice';
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

/** What the sessions of agents said one can choose, by profile: the last word of each. */
export interface OfferStore {
  save(profile: string, offers: AgentOffers, at: number): Promise<void>;
  all(): Promise<Map<string, AgentOffers>>;
}

export interface FleetPorts {
  readonly runners: RunnerStore;
  readonly profileSettings: ProfileSettingsStore;
  readonly offers: OfferStore;
  readonly runs: RunStore;
  readonly events: EventLog;
}

export interface FleetDeps {
  readonly db: Database<FleetPorts>;
  readonly clock: Clock;
}
