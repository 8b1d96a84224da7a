import type { ProjectStore } from '@quarterdeck/core/planning';
import type { StoreContext } from '../transaction.ts';

export function projectStore({ connection }: StoreContext): ProjectStore {
  const select = () => connection.selectFrom('projects').selectAll();
  return {
    async insert(project) {
      const inserted = await connection
        .insertInto('projects')
        .values(project)
        .onConflict((conflict) => conflict.doNothing())
        .returning('id')
        .executeTakeFirst();
      return inserted !== undefined;
    },
    find: async (projectId) => (await select().where('id', '=', projectId).executeTakeFirst()) ?? null,
    findByPath: async (path) => (await select().where('path', '=', path).executeTakeFirst()) ?? null,
    async save({ id, ...changes }) {
      await connection.updateTable('projects').set(changes).where('id', '=', id).execute();
    },
    list: () => select().orderBy('createdAt').orderBy('id').execute(),
  };
}
