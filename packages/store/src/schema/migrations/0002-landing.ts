import type { Kysely } from 'kysely';

/** How the last landing of a task went, and the agent's own name of a run's session, to go on with it later. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('tasks').addColumn('landing', 'text').execute();
  await db.schema.alterTable('runs').addColumn('agentSessionId', 'text').execute();
}
