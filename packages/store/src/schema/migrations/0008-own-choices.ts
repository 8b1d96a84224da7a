import type { Kysely } from 'kysely';

/** Which of an agent's own options a person picked. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('proposals').addColumn('choice', 'text').execute();
}
