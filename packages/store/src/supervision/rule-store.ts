import type { PermissionRule, RuleStore } from '@quarterdeck/core/supervision';
import { fromJson } from '../schema/row-format.ts';
import type { Tables } from '../schema/tables.ts';
import type { StoreContext } from '../transaction.ts';

export function ruleStore({ connection }: StoreContext): RuleStore {
  const select = () => connection.selectFrom('rules').selectAll();
  return {
    async insert(rule) {
      await connection
        .insertInto('rules')
        .values({ ...rule, pattern: JSON.stringify(rule.pattern) })
        .execute();
    },
    async find(ruleId) {
      const row = await select().where('id', '=', ruleId).executeTakeFirst();
      return row ? toRule(row) : null;
    },
    async remove(ruleId) {
      await connection.deleteFrom('rules').where('id', '=', ruleId).execute();
    },
    async list() {
      return (await select().orderBy('createdAt', 'desc').orderBy('id').execute()).map(toRule);
    },
    async applyingTo({ taskId, projectId }) {
      return (await select().where('scopeId', 'in', [taskId, projectId]).execute()).map(toRule);
    },
  };
}

function toRule(row: Tables['rules']): PermissionRule {
  return { ...row, pattern: fromJson(row.pattern) };
}
