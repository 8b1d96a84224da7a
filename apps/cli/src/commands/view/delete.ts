import { print } from '../../command/context.ts';
import { defineCommand } from '../../command/define-command.ts';

export const viewDelete = defineCommand({
  summary: 'Forget saved filters',
  arguments: { view: { about: 'id of the view' } },
  examples: ['quarterdeck view delete v_1a2b3c4d'],
  async run(context, { args }) {
    const reply = await context.client.call('view.delete', { params: { viewId: args.view } });
    return reply.ok ? print(context, reply.value, () => `${args.view} is forgotten`) : reply;
  },
});
