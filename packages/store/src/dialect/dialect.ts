import type { Expression, Kysely, SqlBool, Transaction } from 'kysely';
import type { LiveTally } from '../runs/live-tally.ts';
import type { Tables } from '../schema/tables.ts';

/** A connection inside a transaction, or one used for reading. */
export type Connection = Kysely<Tables> | Transaction<Tables>;

/** Everything in which the two databases differ. */
export interface Dialect {
  readonly name: 'sqlite' | 'postgres';
  readonly db: Kysely<Tables>;
  /** Runs reads that all see the same moment. */
  read<T>(work: (connection: Connection) => Promise<T>): Promise<T>;
  /** Runs a transaction; it is rolled back when the work throws. */
  write<T>(work: (connection: Connection) => Promise<T>): Promise<T>;
  /** Takes a lock that is held until the transaction ends; nothing to do where there is one writer anyway. */
  lock(connection: Connection, name: LockName): Promise<void>;
  /** Writes many rows of one shape with one compiled statement; they all have the columns of the first. */
  putRows(connection: Connection, put: RowsToPut): Promise<void>;
  /** The condition that a column has one of these values, in a statement that is the same however many they are. */
  isOneOf(column: string, values: readonly string[]): Expression<SqlBool>;
  /** How many runs live, where only this process can change it. */
  readonly tally: LiveTally | null;
  /** Whether rows read for a change need a lock of their own. */
  readonly hasRowLocks: boolean;
  /** Whether a failed transaction may be tried again as it was: a deadlock or a serialisation failure. */
  isRetryable(error: unknown): boolean;
  close(): Promise<void>;
}

/** Rows for one table. */
export interface RowsToPut {
  readonly table: keyof Tables;
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  /** Columns that take the new value where a row with this id is there already; without it that is an error. */
  readonly updateById?: readonly string[];
}

/** Names of transaction locks, with the number PostgreSQL's advisory locks want. */
export const LOCKS = { events: 7_301, claims: 7_302, links: 7_303, owner: 7_304 } as const;
export type LockName = keyof typeof LOCKS;
