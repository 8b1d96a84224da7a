import type { Insertable } from 'kysely';
import type { Tables } from '../schema/tables.ts';
import type { StoreContext } from '../transaction.ts';

interface Put<Name extends keyof Tables> {
  readonly table: Name;
  readonly rows: readonly Insertable<Tables[Name]>[];
  /** Columns that take the new value where a row with this id is there already; without it that is an error. */
  readonly updateById?: readonly (keyof Tables[Name] & string)[];
}

/** Writes many rows of one table; they all have the columns of the first. */
export async function putRows<Name extends keyof Tables>(
  { dialect, connection }: StoreContext,
  put: Put<Name>,
): Promise<void> {
  if (put.rows.length > 0) await dialect.putRows(connection, put);
}
