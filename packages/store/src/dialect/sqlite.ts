import SqliteDatabase from 'better-sqlite3';
import { Kysely, SqliteDialect, type SqliteStatement, sql } from 'kysely';
import { createLiveTally } from '../runs/live-tally.ts';
import type { Tables } from '../schema/tables.ts';
import type { Dialect } from './dialect.ts';
import { putInSqlite } from './put-in-sqlite.ts';

/** Statements kept compiled. The hot ones are few; the rest are multi-row inserts of many lengths. */
const STATEMENT_CACHE = 500;

/**
 * SQLite in WAL mode on one connection. Work is queued: a transaction has the connection to itself from begin to commit, so
 * that nothing interleaves with it at an `await`.
 */
export function openSqlite(path: string): Dialect {
  const database = new SqliteDatabase(path, { timeout: 5000 });
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = NORMAL');
  database.pragma('foreign_keys = ON');
  const statements = cachingStatements(database);
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: statements }) });
  const tally = createLiveTally(() => database.pragma('data_version', { simple: true }));
  let queue: Promise<unknown> = Promise.resolve();

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = queue.then(work);
    queue = turn.catch(() => undefined);
    return turn;
  }

  function orForget(error: unknown): never {
    tally.forget();
    throw error;
  }

  return {
    name: 'sqlite',
    db,
    read: (work) => inTurn(() => work(db)),
    write: (work) => inTurn(() => db.transaction().execute(work).catch(orForget)),
    lock: async () => undefined,
    putRows: async (_connection, put) => putInSqlite((text) => statements.prepare(text), put),
    isOneOf: (column, values) =>
      sql`${sql.ref(column)} in (select value from json_each(${JSON.stringify(values)}))`,
    tally,
    hasRowLocks: false,
    isRetryable: () => false,
    close: async () => {
      await inTurn(async () => undefined);
      await db.destroy();
    },
  };
}

function cachingStatements(database: SqliteDatabase.Database) {
  const cache = new Map<string, SqliteStatement>();
  return {
    close: () => database.close(),
    prepare(sql: string): SqliteStatement {
      const known = cache.get(sql);
      if (known) return known;
      const statement = database.prepare(sql) as unknown as SqliteStatement;
      const oldest = cache.size >= STATEMENT_CACHE ? cache.keys().next().value : undefined;
      if (oldest !== undefined) cache.delete(oldest);
      cache.set(sql, statement);
      return statement;
    },
  };
}
