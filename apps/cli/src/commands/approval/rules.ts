import type { ApprovalRule } from '@quarterdeck/contract/approval-rule';
import { type Context, print } from '../../command/context.ts';
import { defineCommand } from '../../command/define-command.ts';
import { relativeText } from '../../output/amount-text.ts';
import { oneLine } from '../../output/plain-text.ts';

export const approvalRules = defineCommand({
  summary: 'List what was allowed from then on, newest first',
  examples: ['quarterdeck approval rules'],
  async run(context) {
    const reply = await context.client.call('rule.list');
    if (!reply.ok) return reply;
    const lines = reply.value.rules.map((rule) => ruleLine(context, rule));
    const nothing = 'No rules. Allowing with --for task or --for project makes one.';
    return print(context, reply.value, () => (lines.length > 0 ? lines.join('\n') : nothing));
  },
});

function ruleLine({ paint, terminal }: Context, rule: ApprovalRule): string {
  const made = `by ${oneLine(rule.createdBy)}, ${relativeText(rule.createdAt, terminal.now())}`;
  const unused = rule.isUsed
    ? ''
    : `  ${paint('amber', 'too wide: made by an older version, allows nothing')}`;
  return `${rule.id}  ${rule.scope} ${rule.scopeId}  ${oneLine(rule.text)}  ${paint('faint', made)}${unused}`;
}
