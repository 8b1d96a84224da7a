import type { RunnerRecord, RunnerStore } from '@quarterdeck/core/fleet';
import { fromJson } from '../schema/row-format.ts';
import type { Tables } from '../schema/tables.ts';
import type { StoreContext } from '../transaction.ts';

export function runnerStore({ connection }: StoreContext): RunnerStore {
  return {
    async find(runnerId) {
      const row = await connection
        .selectFrom('runners')
        .selectAll()
        .where('id', '=', runnerId)
        .executeTakeFirst();
      return row ? toRunner(row) : null;
    },
    async list() {
      return (await connection.selectFrom('runners').selectAll().orderBy('name').execute()).map(toRunner);
    },
    async save(runner) {
      const row = toRow(runner);
      const { id: _, ...changes } = row;
      await connection
        .insertInto('runners')
        .values(row)
        .onConflict((conflict) => conflict.column('id').doUpdateSet(changes))
        .execute();
    },
  };
}

function toRow(runner: RunnerRecord): Tables['runners'] {
  return {
    ...runner,
    agents: JSON.stringify(runner.agents),
    memory: runner.memory && JSON.stringify(runner.memory),
    isConnected: runner.isConnected ? 1 : 0,
  };
}

function toRunner(row: Tables['runners']): RunnerRecord {
  return {
    ...row,
    agents: fromJson(row.agents),
    memory: row.memory === null ? null : fromJson(row.memory),
    isConnected: row.isConnected === 1,
  };
}
