import type { BoardPorts } from '../board/index.ts';
import type { Clock, Database, Ids } from '../events/index.ts';
import type { RunnerStore } from '../fleet/index.ts';

export interface MentionPorts extends BoardPorts {
  readonly runners: Pick<RunnerStore, 'list'>;
}

/** The same ports inside a use case, with a source of ids. */
export type MentionTransaction = MentionPorts & { readonly ids: Ids };

export interface MentionDeps {
  readonly db: Database<MentionPorts>;
  readonly clock: Clock;
  readonly ids: Ids;
}
