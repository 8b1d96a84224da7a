import type { EventDraft } from '@quarterdeck/contract/event';
import type { RunnerId } from '@quarterdeck/contract/ids';
import type { Connection, Dialect } from './dialect/dialect.ts';

/** One transaction, or one consistent read, as the stores see it. */
export interface StoreContext {
  readonly connection: Connection;
  readonly dialect: Dialect;
  /** Rows found for a change are locked where the database has row locks. */
  readonly locksRows: boolean;
  /** Facts on their way into the log; they are numbered and written last, so that the log's lock is held shortly. */
  readonly drafts: { readonly draft: EventDraft; readonly at: number }[];
  /** Runners that have new commands waiting. */
  readonly runnersToWake: Set<RunnerId>;
}

export function createContext(dialect: Dialect, connection: Connection, isWrite: boolean): StoreContext {
  return {
    connection,
    dialect,
    locksRows: isWrite && dialect.hasRowLocks,
    drafts: [],
    runnersToWake: new Set(),
  };
}
