import type { Kysely } from 'kysely';

/** The model and effort of a task and of an agent, and what each agent's sessions offer. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const table of ['tasks', 'profileSettings'])
    for (const column of ['model', 'effort'])
      await db.schema.alterTable(table).addColumn(column, 'text').execute();
  await db.schema
    .createTable('offers')
    .addColumn('profile', 'text', (c) => c.primaryKey())
    .addColumn('offers', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .execute();
}
