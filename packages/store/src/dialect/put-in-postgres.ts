import { CompiledQuery } from 'kysely';
import type { RowsToPut } from './dialect.ts';
import { storableJson } from './postgres-text.ts';
import { quoted } from './quoted.ts';

/** All rows are one parameter, so that the statement is short and the same for every number of them. */
export function putInPostgres({ table, rows, updateById }: RowsToPut): CompiledQuery {
  const columns = Object.keys(rows[0] ?? {})
    .map(quoted)
    .join(', ');
  const updates = updateById?.map((column) => `${quoted(column)} = excluded.${quoted(column)}`);
  const onConflict = updates ? ` on conflict ("id") do update set ${updates.join(', ')}` : '';
  const source = `json_populate_recordset(null::${quoted(table)}, $1)`;
  return CompiledQuery.raw(
    `insert into ${quoted(table)} (${columns}) select ${columns} from ${source}${onConflict}`,
    [storableJson(rows)],
  );
}
