import { type CreateTableBuilder, type Kysely, sql } from 'kysely';

type Table = CreateTableBuilder<string, string>;
/** SQLite's own rowid where it can be, and a sequence on PostgreSQL. */
type Counter = (table: Table, name: string) => Table;

const ids = (table: Table, ...names: string[]) =>
  names.reduce((it, name) => it.addColumn(name, 'text', (c) => c.notNull()), table);
const texts = (table: Table, ...names: string[]) =>
  names.reduce((it, name) => it.addColumn(name, 'text'), table);
const times = (table: Table, ...names: string[]) =>
  names.reduce((it, name) => it.addColumn(name, 'bigint', (c) => c.notNull()), table);
const maybeTimes = (table: Table, ...names: string[]) =>
  names.reduce((it, name) => it.addColumn(name, 'bigint'), table);
const counts = (table: Table, ...names: string[]) =>
  names.reduce((it, name) => it.addColumn(name, 'integer', (c) => c.notNull().defaultTo(0)), table);

/** The foundation: board, runs, conversations, approvals, fleet, identity, the event log and the answers kept for retries. */
export async function up(db: Kysely<unknown>, dialect: 'sqlite' | 'postgres'): Promise<void> {
  const counter: Counter = (table, name) =>
    dialect === 'sqlite'
      ? table.addColumn(name, 'integer', (c) => c.primaryKey().autoIncrement())
      : table.addColumn(name, 'bigint', (c) => c.primaryKey().generatedAlwaysAsIdentity());
  await createBoard(db, counter);
  await createRuns(db, counter);
  await createSupervision(db);
  await createIdentity(db);
  await createEvents(db);
}

async function createBoard(db: Kysely<unknown>, counter: Counter): Promise<void> {
  const schema = db.schema;
  let table: Table = schema.createTable('projects').addColumn('id', 'text', (c) => c.primaryKey());
  table = texts(ids(table, 'name', 'path', 'kind'), 'defaultProfile', 'baseBranch', 'setupCommand');
  await times(table.addColumn('maxConcurrentRuns', 'integer'), 'createdAt').execute();
  await schema.createIndex('projects_path').on('projects').column('path').unique().execute();

  table = schema.createTable('tasks').addColumn('id', 'text', (c) => c.primaryKey());
  table = ids(table, 'projectId', 'title', 'status', 'workspaceKind', 'createdBy');
  table = texts(
    table,
    'body',
    'assignee',
    'tenant',
    'workspacePath',
    'branch',
    'result',
    'blockReason',
    'blockKind',
  );
  table = texts(table, 'idempotencyKey', 'currentRunId', 'claimLock', 'lastFailure');
  table = maybeTimes(
    times(table, 'createdAt', 'updatedAt'),
    'startedAt',
    'completedAt',
    'scheduledAt',
    'claimExpiresAt',
    'retryAt',
  );
  await counts(table, 'priority', 'failureCount', 'isHeld').execute();
  await schema
    .createIndex('tasks_idempotency')
    .on('tasks')
    .columns(['projectId', 'idempotencyKey'])
    .unique()
    .execute();
  // Counts by status, and the ready tasks in the order in which they are claimed, without sorting.
  await sql`create index tasks_queue on tasks (status, priority desc, "createdAt", id)`.execute(db);
  await sql`create index tasks_scheduled on tasks ("scheduledAt") where status = 'scheduled'`.execute(db);

  table = ids(schema.createTable('links'), 'parentId', 'childId');
  await times(table, 'createdAt').addPrimaryKeyConstraint('links_key', ['parentId', 'childId']).execute();
  await schema.createIndex('links_child').on('links').column('childId').execute();

  table = ids(counter(schema.createTable('comments'), 'id'), 'taskId', 'author', 'body');
  await times(table, 'createdAt').execute();
  await schema.createIndex('comments_task').on('comments').column('taskId').execute();
}

async function createRuns(db: Kysely<unknown>, counter: Counter): Promise<void> {
  const schema = db.schema;
  let table: Table = schema.createTable('runs').addColumn('id', 'text', (c) => c.primaryKey());
  table = ids(table, 'taskId', 'projectId', 'sessionId', 'profile', 'runnerId', 'status', 'usage');
  table = texts(
    table,
    'outcome',
    'summary',
    'error',
    'workspacePath',
    'branch',
    'diffStat',
    'activity',
    'reportedOutcome',
  );
  table = texts(table, 'reportedKind', 'failureHint');
  table = maybeTimes(
    times(table, 'claimedAt', 'leaseExpiresAt'),
    'startedAt',
    'endedAt',
    'heartbeatAt',
    'limitResetAt',
    'deadlineAt',
  );
  await counts(table, 'attempt', 'journalSeq', 'nudges').execute();
  await schema.createIndex('runs_task').on('runs').column('taskId').execute();
  // Live runs are counted by all three before every claim.
  await sql`create index runs_live on runs (profile, "projectId", "runnerId") where status <> 'ended'`.execute(
    db,
  );
  await sql`create index runs_limited on runs (profile, "limitResetAt") where outcome = 'rate_limited'`.execute(
    db,
  );

  table = schema.createTable('sessions').addColumn('id', 'text', (c) => c.primaryKey());
  table = texts(ids(table, 'profile', 'title', 'turn'), 'runId', 'taskId', 'projectId');
  await counts(times(table, 'createdAt'), 'rev').execute();

  table = counts(ids(schema.createTable('items'), 'sessionId', 'itemId', 'item'), 'ordinal', 'rev');
  await table.addPrimaryKeyConstraint('items_key', ['sessionId', 'ordinal']).execute();
  await schema.createIndex('items_id').on('items').columns(['sessionId', 'itemId']).unique().execute();
  await schema.createIndex('items_rev').on('items').columns(['sessionId', 'rev']).execute();

  table = ids(
    counter(schema.createTable('commands'), 'position'),
    'commandId',
    'runId',
    'runnerId',
    'command',
  );
  await times(table, 'createdAt').execute();
  await schema.createIndex('commands_id').on('commands').column('commandId').unique().execute();
  await schema.createIndex('commands_runner').on('commands').column('runnerId').execute();
  await schema.createIndex('commands_run').on('commands').column('runId').execute();

  table = schema.createTable('runners').addColumn('id', 'text', (c) => c.primaryKey());
  await counts(maybeTimes(ids(table, 'name', 'agents'), 'lastSeenAt'), 'capacity', 'isConnected').execute();
}

async function createSupervision(db: Kysely<unknown>): Promise<void> {
  const schema = db.schema;
  let table: Table = schema.createTable('proposals').addColumn('id', 'text', (c) => c.primaryKey());
  table = ids(
    table,
    'kind',
    'status',
    'projectId',
    'taskId',
    'runId',
    'sessionId',
    'profile',
    'requestId',
    'title',
    'detail',
  );
  table = maybeTimes(texts(table, 'widerRule', 'ruledBy', 'scope', 'reason'), 'ruledAt');
  await times(table, 'createdAt').execute();
  await schema
    .createIndex('proposals_request')
    .on('proposals')
    .columns(['runId', 'requestId'])
    .unique()
    .execute();
  await schema.createIndex('proposals_status').on('proposals').columns(['status', 'createdAt']).execute();

  table = schema.createTable('rules').addColumn('id', 'text', (c) => c.primaryKey());
  await times(ids(table, 'scope', 'scopeId', 'pattern', 'createdBy'), 'createdAt').execute();
  await schema.createIndex('rules_scope').on('rules').column('scopeId').execute();
}

async function createIdentity(db: Kysely<unknown>): Promise<void> {
  const schema = db.schema;
  let table: Table = schema.createTable('people').addColumn('id', 'text', (c) => c.primaryKey());
  await times(ids(table, 'name', 'role'), 'createdAt').execute();
  table = schema.createTable('credentials').addColumn('id', 'text', (c) => c.primaryKey());
  table = texts(ids(table, 'kind', 'secretHash'), 'personId', 'runnerId');
  await maybeTimes(times(table, 'createdAt'), 'expiresAt').execute();
  await schema.createIndex('credentials_hash').on('credentials').column('secretHash').unique().execute();
}

async function createEvents(db: Kysely<unknown>): Promise<void> {
  const schema = db.schema;
  let table: Table = schema.createTable('events').addColumn('seq', 'bigint', (c) => c.primaryKey());
  table = texts(ids(table, 'kind', 'actor', 'payload'), 'taskId', 'projectId', 'runId');
  await times(table, 'at').execute();
  await schema.createIndex('events_task').on('events').columns(['taskId', 'seq']).execute();

  table = ids(schema.createTable('replies'), 'scope', 'key', 'requestDigest', 'body');
  table = times(counts(table, 'status'), 'createdAt');
  await table.addPrimaryKeyConstraint('replies_key', ['scope', 'key']).execute();
  // Old ones are dropped with every new one; bodies lie before the time, so a scan would read them all.
  await schema.createIndex('replies_age').on('replies').column('createdAt').execute();
}
