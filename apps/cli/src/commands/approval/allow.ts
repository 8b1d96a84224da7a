import { RULING_SCOPES } from '@quarterdeck/contract/proposal';
import { print } from '../../command/context.ts';
import { choice, defineCommand, text } from '../../command/define-command.ts';
import { findApprovalId } from '../../lookup/find-approval.ts';
import { approvalText } from '../../output/approval-text.ts';

export const approvalAllow = defineCommand({
  summary: 'Allow what an agent asks for; it goes on at once',
  arguments: { approval: { about: 'id, or its beginning' } },
  options: {
    for: choice(RULING_SCOPES, 'how far it reaches; once when unset'),
    reason: text('<text>', 'kept in the audit log'),
  },
  examples: ['quarterdeck approval allow a_1a2b', 'quarterdeck approval allow a_1a2b --for task'],
  async run(context, { args, options }) {
    const proposalId = await findApprovalId(context.client, args.approval);
    if (!proposalId.ok) return proposalId;
    const reply = await context.client.call('approval.rule', {
      params: { proposalId: proposalId.value },
      body: { decision: 'allow', scope: options.for ?? 'once', reason: options.reason ?? null },
    });
    return reply.ok ? print(context, reply.value, () => approvalText(context, reply.value.proposal)) : reply;
  },
});
