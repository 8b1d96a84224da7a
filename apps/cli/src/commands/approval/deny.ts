import { refuse } from '@quarterdeck/contract/refuse';
import { print } from '../../command/context.ts';
import { defineCommand, text } from '../../command/define-command.ts';
import { findApprovalId } from '../../lookup/find-approval.ts';
import { approvalText } from '../../output/approval-text.ts';

export const approvalDeny = defineCommand({
  summary: 'Deny what an agent asks for; it is told so and goes on without',
  arguments: { approval: { about: 'id, or its beginning' } },
  options: { reason: text('<text>', 'why, kept in the audit log; needed') },
  examples: ['quarterdeck approval deny a_1a2b --reason "not on the production database"'],
  async run(context, { args, options }) {
    if (!options.reason) return refuse('invalid_input', { reason: 'say why: --reason "…"' });
    const proposalId = await findApprovalId(context.client, args.approval);
    if (!proposalId.ok) return proposalId;
    const reply = await context.client.call('approval.rule', {
      params: { proposalId: proposalId.value },
      body: { decision: 'deny', reason: options.reason },
    });
    return reply.ok ? print(context, reply.value, () => approvalText(context, reply.value.proposal)) : reply;
  },
});
