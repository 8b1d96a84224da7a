import { print } from '../../command/context.ts';
import { defineCommand } from '../../command/define-command.ts';

export const attachmentRemove = defineCommand({
  summary: 'Remove a file of a task for good',
  arguments: { attachment: { about: 'id of the attachment' } },
  examples: ['quarterdeck attachment remove f_1a2b3c4d'],
  async run(context, { args }) {
    const params = { attachmentId: args.attachment };
    const reply = await context.client.call('attachment.remove', { params });
    return reply.ok ? print(context, reply.value, () => `Removed ${args.attachment}.`) : reply;
  },
});
