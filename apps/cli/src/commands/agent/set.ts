import { parseBudget } from '@quarterdeck/contract/budget-text';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok } from '@quarterdeck/contract/result';
import { defineCommand, text } from '../../command/define-command.ts';
import { changeProfile } from '../../lookup/change-profile.ts';

export const agentSet = defineCommand({
  summary: 'Say what all runs of an agent together may cost',
  detail: 'No run starts that would pass the budget. The word "none" takes it away.',
  arguments: { name: { about: 'an agent such as opencode' } },
  options: { budget: text('<dollars|none>', 'such as 5/day or 100/month; 50 means 50 dollars in all') },
  examples: ['quarterdeck agent set opencode --budget 5/day', 'quarterdeck agent set opencode --budget none'],
  async run(context, { args, options }) {
    if (options.budget === undefined)
      return refuse('invalid_input', { reason: 'say what to change, for example --budget 5/day' });
    const budget = options.budget === 'none' ? ok(null) : parseBudget(options.budget);
    return budget.ok ? changeProfile(context, args.name, { budget: budget.value }) : budget;
  },
});
