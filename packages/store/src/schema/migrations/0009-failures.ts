import type { Kysely } from 'kysely';

/** What a run waits for while its agent is silent, and when a person last said that a used-up limit no longer counts. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('runs').addColumn('progress', 'text').execute();
  await db.schema.alterTable('profileSettings').addColumn('limitLiftedAt', 'bigint').execute();
}
