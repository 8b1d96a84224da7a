import { type Kysely, sql } from 'kysely';

/** Which commits a run's changes lie between, what of its work is in no commit, and what else it left behind. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const column of ['baseCommit', 'headCommit', 'unkept', 'pastReview'])
    await db.schema.alterTable('runs').addColumn(column, 'text').execute();
  await db.schema
    .alterTable('runs')
    .addColumn('notes', 'text', (c) => c.notNull().defaultTo('[]'))
    .execute();
  // Asked for with every look at what is wrong, and nearly always empty.
  await sql`create index runs_flawed on runs ("taskId") where unkept is not null or "pastReview" is not null`.execute(
    db,
  );
}
