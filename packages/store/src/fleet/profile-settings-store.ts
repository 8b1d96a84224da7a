import type { ProfileSettings } from '@quarterdeck/contract/fleet';
import type { ProfileSettingsStore } from '@quarterdeck/core/fleet';
import { fromJson } from '../schema/row-format.ts';
import type { Tables } from '../schema/tables.ts';
import type { StoreContext } from '../transaction.ts';

export function profileSettingsStore({ connection }: StoreContext): ProfileSettingsStore {
  return {
    async find(profile) {
      const query = connection.selectFrom('profileSettings').selectAll().where('profile', '=', profile);
      const row = await query.executeTakeFirst();
      return row ? toSettings(row) : null;
    },
    async list() {
      const rows = await connection.selectFrom('profileSettings').selectAll().orderBy('profile').execute();
      return rows.map(toSettings);
    },
    async save(settings) {
      const row = toRow(settings);
      const { profile: _, ...changes } = row;
      await connection
        .insertInto('profileSettings')
        .values(row)
        .onConflict((conflict) => conflict.column('profile').doUpdateSet(changes))
        .execute();
    },
  };
}

function toRow(settings: ProfileSettings): Tables['profileSettings'] {
  return {
    ...settings,
    isPaused: settings.isPaused ? 1 : 0,
    budget: settings.budget && JSON.stringify(settings.budget),
  };
}

function toSettings(row: Tables['profileSettings']): ProfileSettings {
  return {
    ...row,
    isPaused: row.isPaused === 1,
    budget: row.budget === null ? null : fromJson(row.budget),
  };
}
