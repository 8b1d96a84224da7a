import type { Project } from '@quarterdeck/contract/project';
import type { ProjectStore } from '@quarterdeck/core/planning';
import { fromJson } from '../schema/row-format.ts';
import type { Tables } from '../schema/tables.ts';
import type { StoreContext } from '../transaction.ts';

type ProjectRow = Tables['projects'];

export function projectStore({ connection }: StoreContext): ProjectStore {
  const select = () => connection.selectFrom('projects').selectAll();
  const toOne = (row: ProjectRow | undefined) => (row ? toProject(row) : null);
  return {
    async insert(project) {
      const inserted = await connection
        .insertInto('projects')
        .values(toRow(project))
        .onConflict((conflict) => conflict.doNothing())
        .returning('id')
        .executeTakeFirst();
      return inserted !== undefined;
    },
    find: async (projectId) => toOne(await select().where('id', '=', projectId).executeTakeFirst()),
    findByPath: async (path) => toOne(await select().where('path', '=', path).executeTakeFirst()),
    async save(project) {
      const { id, ...changes } = toRow(project);
      await connection.updateTable('projects').set(changes).where('id', '=', id).execute();
    },
    list: async () => (await select().orderBy('createdAt').orderBy('id').execute()).map(toProject),
  };
}

function toRow(project: Project): ProjectRow {
  return { ...project, budget: project.budget && JSON.stringify(project.budget) };
}

function toProject(row: ProjectRow): Project {
  return { ...row, budget: row.budget === null ? null : fromJson(row.budget) };
}
