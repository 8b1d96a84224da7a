import type { RuleStore } from '@quarterdeck/core/supervision';
import { fromJson } from '../schema/row-format.ts';
import type { StoreContext } from '../transaction.ts';

export function ruleStore({ connection }: StoreContext): RuleStore {
  return {
    async insert(rule) {
      await connection
        .insertInto('rules')
        .values({ ...rule, pattern: JSON.stringify(rule.pattern) })
        .execute();
    },
    async applyingTo({ taskId, projectId }) {
      const rows = await connection
        .selectFrom('rules')
        .selectAll()
        .where('scopeId', 'in', [taskId, projectId])
        .execute();
      return rows.map((row) => ({ ...row, pattern: fromJson(row.pattern) }));
    },
  };
}
