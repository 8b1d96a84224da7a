import { print } from '../../command/context.ts';
import { defineCommand } from '../../command/define-command.ts';
import { oneLine } from '../../output/plain-text.ts';

export const approvalForget = defineCommand({
  summary: 'Take a rule back: what it allowed is asked again',
  arguments: { rule: { about: 'id of the rule, from "approval rules"' } },
  examples: ['quarterdeck approval forget rule_1a2b3c4d'],
  async run(context, { args }) {
    const reply = await context.client.call('rule.forget', { params: { ruleId: args.rule } });
    if (!reply.ok) return reply;
    return print(
      context,
      reply.value,
      () => `${args.rule} is gone; this is asked again: ${oneLine(reply.value.rule.text)}`,
    );
  },
});
