import { print } from '../../command/context.ts';
import { defineCommand } from '../../command/define-command.ts';
import { budgetTable } from '../../output/budget-text.ts';

export const budgetList = defineCommand({
  summary: 'List every budget with what is spent of it',
  examples: ['quarterdeck budget list'],
  async run(context) {
    const reply = await context.client.call('budget.list');
    if (!reply.ok) return reply;
    const { budgets } = reply.value;
    const nothing = 'No budgets. Set one: quarterdeck project set PROJECT --budget 20/day';
    return print(context, reply.value, () => (budgets.length > 0 ? budgetTable(context, budgets) : nothing));
  },
});
