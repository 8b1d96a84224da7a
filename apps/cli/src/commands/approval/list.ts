import { ok } from '@quarterdeck/contract/result';
import { PROPOSAL_STATUSES } from '@quarterdeck/contract/status';
import { print } from '../../command/context.ts';
import { choice, defineCommand, text } from '../../command/define-command.ts';
import { findTaskId } from '../../lookup/find-task.ts';
import { approvalText } from '../../output/approval-text.ts';

export const approvalList = defineCommand({
  summary: 'List what agents need decided, oldest first',
  options: {
    status: choice(PROPOSAL_STATUSES, 'pending when unset'),
    task: text('<id>', 'only those of this task'),
  },
  examples: ['quarterdeck approval list', 'quarterdeck approval list --status denied --task t_77aa'],
  async run(context, { options }) {
    const task = options.task === undefined ? ok(undefined) : await findTaskId(context.client, options.task);
    if (!task.ok) return task;
    const status = options.status ?? 'pending';
    const reply = await context.client.call('approval.list', { query: { status, task: task.value } });
    if (!reply.ok) return reply;
    const { proposals } = reply.value;
    const nothing = status === 'pending' ? 'Nothing waits for you.' : `No approvals are ${status}.`;
    const texts = () => proposals.map((proposal) => approvalText(context, proposal)).join('\n\n');
    return print(context, reply.value, () => (proposals.length > 0 ? texts() : nothing));
  },
});
