import type { Event } from '@quarterdeck/contract/event';
import type { RunnerId } from '@quarterdeck/contract/ids';
import type { Ids } from '@quarterdeck/core/events';
import { type Commit, openStore, type Store } from '@quarterdeck/store';
import { startPostgres } from './start-postgres.ts';
import { createTestClock, type TestClock } from './test-clock.ts';
import { createTestIds } from './test-ids.ts';

export const TEST_DATABASES = ['sqlite', 'postgres'] as const;
export type TestDatabase = (typeof TEST_DATABASES)[number];

/** A fresh, empty database with what use cases need beside it; usable as their `deps`. */
export interface TestStore extends AsyncDisposable {
  readonly db: Store;
  readonly clock: TestClock;
  readonly ids: Ids;
  /** Every event committed through any server of this database, in the order the commits were reported. */
  readonly events: Event[];
  /** Runners that commits wanted to wake, newest last. */
  readonly wakes: RunnerId[];
  /** Another server on the same database. SQLite has one server only, so there it is the same one. */
  openServer(): Promise<Store>;
  /**
   * Starts work on another server from inside a transaction, and waits until it is done or stands behind that transaction.
   * SQLite's one writer always stands behind it.
   */
  overtake(work: () => Promise<unknown>): Promise<{ readonly done: Promise<unknown> }>;
}

/** Opens a fresh store: SQLite in memory, or a database of its own on a real PostgreSQL. */
export async function openTestStore(database: TestDatabase): Promise<TestStore> {
  const events: Event[] = [];
  const wakes: RunnerId[] = [];
  const onCommit = (commit: Commit) => {
    events.push(...commit.events);
    wakes.push(...commit.runnersToWake);
  };
  const place = database === 'sqlite' ? null : await (await startPostgres()).takeDatabase();
  const open = () => openStore({ url: place?.url ?? ':memory:', onCommit });
  const servers = [await open()];
  const [db] = servers as [Store];
  return {
    db,
    clock: createTestClock(),
    ids: createTestIds(),
    events,
    wakes,
    async openServer() {
      if (place === null) return db;
      const server = await open();
      servers.push(server);
      return server;
    },
    async overtake(work) {
      let isDone = place === null;
      const done = work().finally(() => {
        isDone = true;
      });
      while (!isDone && (await place?.countBlocked()) === 0);
      return { done };
    },
    async [Symbol.asyncDispose]() {
      for (const server of servers) await server.close();
      await place?.giveBack();
    },
  };
}
