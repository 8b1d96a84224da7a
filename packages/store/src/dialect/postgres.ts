import { Kysely, PostgresDialect, type PostgresPool, sql } from 'kysely';
import pg from 'pg';
import type { Tables } from '../schema/tables.ts';
import { type Dialect, LOCKS } from './dialect.ts';
import { storable } from './postgres-text.ts';
import { putInPostgres } from './put-in-postgres.ts';

const BIGINT_OID = 20;
const RETRYABLE = new Set(['40001', '40P01']);

/** PostgreSQL through a pool. Big integers arrive as numbers: ours are milliseconds and counters, far below 2^53. */
export function openPostgres(url: string): Dialect {
  const types = {
    getTypeParser: (oid: number, format?: 'text' | 'binary') =>
      oid === BIGINT_OID ? Number : pg.types.getTypeParser(oid, format as 'text'),
  };
  const pool = new pg.Pool({ connectionString: url, max: 12, types: types as pg.CustomTypesConfig });
  // A pool without this listener ends the process when an idle connection breaks; the next query reports it.
  pool.on('error', () => undefined);
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: storingText(pool) }) });
  return {
    name: 'postgres',
    db,
    read: (work) =>
      db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(work),
    write: (work) => db.transaction().setIsolationLevel('read committed').execute(work),
    async lock(connection, name) {
      await sql`select pg_advisory_xact_lock(${sql.lit(LOCKS[name])})`.execute(connection);
    },
    async putRows(connection, put) {
      await connection.executeQuery(putInPostgres(put));
    },
    isOneOf: (column, values) => sql`${sql.ref(column)} = any(${[...values]}::text[])`,
    tally: null,
    hasRowLocks: true,
    isRetryable: (error) => error instanceof Error && 'code' in error && RETRYABLE.has(String(error.code)),
    close: () => db.destroy(),
  };
}

function storingText(pool: pg.Pool): PostgresPool {
  return {
    options: pool.options,
    end: () => pool.end(),
    async connect() {
      const client = await pool.connect();
      const query = (text: string, values: readonly unknown[]) => client.query(text, values.map(storable));
      return Object.create(client, { query: { value: query } });
    },
  };
}
