import { CompiledQuery, Kysely, PostgresDialect, type PostgresPool, sql } from 'kysely';
import pg from 'pg';
import type { Tables } from '../schema/tables.ts';
import { type Dialect, LOCKS, type RowsToPut } from './dialect.ts';
import { putStatement, quoted } from './put-statement.ts';

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
      await connection.executeQuery(putQuery(put));
    },
    isOneOf: (column, values) => sql`${sql.ref(column)} = any(${[...values]}::text[])`,
    tally: null,
    hasRowLocks: true,
    isRetryable: (error) => error instanceof Error && 'code' in error && RETRYABLE.has(String(error.code)),
    close: () => db.destroy(),
  };
}

/** All rows are one parameter, so that the statement is short and the same for every number of them. */
function putQuery(put: RowsToPut): CompiledQuery {
  const columns = Object.keys(put.rows[0] ?? {});
  const { insert, onConflict } = putStatement(put, columns);
  const rows = `from json_populate_recordset(null::${quoted(put.table)}, $1)`;
  const text = `${insert} select ${columns.map(quoted).join(', ')} ${rows}${onConflict}`;
  return CompiledQuery.raw(text, [storableJson(put.rows)]);
}

/** JSON whose texts can be stored: PostgreSQL refuses the escapes of what its text cannot hold. */
function storableJson(value: unknown): string {
  const text = JSON.stringify(value);
  const isSuspect = text.includes('\\u0000') || text.includes('\\ud');
  return isSuspect ? JSON.stringify(value, (_key, it) => storable(it)) : text;
}

/** PostgreSQL's text cannot hold a NUL, and what agents print can: it is stored as the replacement character. */
function storable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(storable);
  if (typeof value !== 'string') return value;
  return value.toWellFormed().replaceAll('\0', '\uFFFD');
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
