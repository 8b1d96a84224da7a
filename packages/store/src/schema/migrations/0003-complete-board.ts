import { type Kysely, sql } from 'kysely';

/** Labels, budgets, reviewers, attachments, saved views, and what runs cost and take on disk. */
export async function up(db: Kysely<unknown>, dialect: 'sqlite' | 'postgres'): Promise<void> {
  await extendTasksAndRuns(db);
  await countCosts(db, dialect);
  await createAttachments(db);
  await createSettings(db);
}

async function extendTasksAndRuns(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema
    .alterTable('tasks')
    .addColumn('labels', 'text', (c) => c.notNull().defaultTo('[]'))
    .execute();
  await schema.alterTable('tasks').addColumn('reviewer', 'text').execute();
  await schema.alterTable('tasks').addColumn('verdict', 'text').execute();
  await schema.alterTable('tasks').addColumn('budgetMicros', 'bigint').execute();
  await schema.alterTable('projects').addColumn('budget', 'text').execute();
  await schema.alterTable('runners').addColumn('memory', 'text').execute();
  await schema
    .alterTable('runs')
    .addColumn('purpose', 'text', (c) => c.notNull().defaultTo('work'))
    .execute();
  for (const column of ['diskBytes', 'activeAt', 'costMicros'])
    await schema.alterTable('runs').addColumn(column, 'bigint').execute();
}

/** What a run costs stands in its usage too; here it can be summed. */
async function countCosts(db: Kysely<unknown>, dialect: 'sqlite' | 'postgres'): Promise<void> {
  const cost =
    dialect === 'sqlite'
      ? sql`json_extract(usage, '$.costMicros')`
      : sql`(usage::jsonb ->> 'costMicros')::bigint`;
  await sql`update runs set "costMicros" = ${cost}`.execute(db);
  await sql`create index runs_cost on runs ("claimedAt") where "costMicros" is not null`.execute(db);
  // Every failure asks whether others of the last minutes were like it.
  await sql`create index runs_ended on runs ("endedAt") where "endedAt" is not null`.execute(db);
}

async function createAttachments(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema
    .createTable('attachments')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('taskId', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('mediaType', 'text', (c) => c.notNull())
    .addColumn('size', 'bigint', (c) => c.notNull())
    .addColumn('sha256', 'text', (c) => c.notNull())
    .addColumn('createdBy', 'text', (c) => c.notNull())
    .addColumn('runId', 'text')
    .addColumn('createdAt', 'bigint', (c) => c.notNull())
    .execute();
  await schema
    .createIndex('attachments_name')
    .on('attachments')
    .columns(['taskId', 'name'])
    .unique()
    .execute();
}

async function createSettings(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema
    .createTable('profileSettings')
    .addColumn('profile', 'text', (c) => c.primaryKey())
    .addColumn('isPaused', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('pauseReason', 'text')
    .addColumn('budget', 'text')
    .execute();
  await schema
    .createTable('views')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('query', 'text', (c) => c.notNull())
    .addColumn('createdBy', 'text', (c) => c.notNull())
    .addColumn('createdAt', 'bigint', (c) => c.notNull())
    .execute();
  await schema.createIndex('views_name').on('views').column('name').unique().execute();
}
