import type { RowsToPut } from './dialect.ts';

/** The first and the last part of an insert: everything but where the values come from. */
export function putStatement({ table, updateById }: RowsToPut, columns: readonly string[]) {
  const updates = updateById?.map((column) => `${quoted(column)} = excluded.${quoted(column)}`);
  return {
    insert: `insert into ${quoted(table)} (${columns.map(quoted).join(', ')})`,
    onConflict: updates ? ` on conflict ("id") do update set ${updates.join(', ')}` : '',
  };
}

/** A name as SQL; names come from this package only. */
export function quoted(name: string): string {
  return `"${name}"`;
}
