import type { Kysely } from 'kysely';

/** Where in its repository a project lies, and where its agents work. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const column of ['subfolder', 'workspaceKind'])
    await db.schema.alterTable('projects').addColumn(column, 'text').execute();
}
