import type { SqliteStatement } from 'kysely';
import type { RowsToPut } from './dialect.ts';
import { quoted } from './quoted.ts';

type Prepare = (sql: string) => SqliteStatement;
type Row = RowsToPut['rows'][number];

/**
 * Writes each row with a compiled statement, the quickest way in. Most of its time is handing over values, so it hands over as
 * few as it can: columns in which no row has a value are left out, and of a row that is there already only what changes.
 */
export function putInSqlite(prepare: Prepare, { table, rows, updateById }: RowsToPut): void {
  const missing = updateById ? rows.filter(updater(prepare, { table, columns: updateById })) : rows;
  const columns = Object.keys(rows[0] ?? {}).filter((column) => missing.some((row) => row[column] !== null));
  if (missing.length === 0) return;
  const values = columns.map(() => '?').join(', ');
  const insert = prepare(
    `insert into ${quoted(table)} (${columns.map(quoted).join(', ')}) values (${values})`,
  );
  for (const row of missing) insert.run(columns.map((column) => row[column]));
}

/** Updates a row by its id; true when there was none. */
function updater(
  prepare: Prepare,
  { table, columns }: { readonly table: string; readonly columns: readonly string[] },
): (row: Row) => boolean {
  const changes = columns.map((column) => `${quoted(column)} = ?`).join(', ');
  const update = prepare(`update ${quoted(table)} set ${changes} where "id" = ?`);
  const bound = [...columns, 'id'];
  return (row) => Number(update.run(bound.map((column) => row[column])).changes) === 0;
}
