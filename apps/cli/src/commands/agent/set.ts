import type { Budget } from '@quarterdeck/contract/budget';
import { parseBudget } from '@quarterdeck/contract/budget-text';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';
import { defineCommand, text } from '../../command/define-command.ts';
import { changeProfile } from '../../lookup/change-profile.ts';

export const agentSet = defineCommand({
  summary: 'Say what all runs of an agent may cost, and which model they work with',
  detail:
    'No run starts that would pass the budget. A task can name another model. The word "none" takes a setting away. What the agent offers: quarterdeck agent list --json',
  arguments: { name: { about: 'an agent such as opencode' } },
  options: {
    budget: text('<dollars|none>', 'such as 5/day or 100/month; 50 means 50 dollars in all'),
    model: text('<model|none>', 'as the agent names it, such as opus'),
    effort: text('<effort|none>', 'how hard it thinks, as the agent names it, such as low or high'),
  },
  examples: [
    'quarterdeck agent set opencode --budget 5/day',
    'quarterdeck agent set claude --model opus --effort high',
    'quarterdeck agent set opencode --budget none',
  ],
  async run(context, { args, options }) {
    const { budget, model, effort } = options;
    if (budget === undefined && model === undefined && effort === undefined)
      return refuse('invalid_input', { reason: 'say what to change, for example --budget 5/day' });
    const parsed = readBudget(budget);
    if (!parsed.ok) return parsed;
    return changeProfile(context, args.name, {
      ...(parsed.value !== undefined && { budget: parsed.value }),
      ...(model !== undefined && { model: unlessNone(model) }),
      ...(effort !== undefined && { effort: unlessNone(effort) }),
    });
  },
});

function readBudget(budget: string | undefined): Result<Budget | null | undefined> {
  if (budget === undefined) return ok(undefined);
  return budget === 'none' ? ok(null) : parseBudget(budget);
}

function unlessNone(value: string): string | null {
  return value === 'none' ? null : value;
}
