import { print } from '../../command/context.ts';
import { defineCommand } from '../../command/define-command.ts';

export const viewSave = defineCommand({
  summary: 'Save filters of the board under a name, for everyone',
  detail: 'The query is what stands in the address of the board after the question mark.',
  arguments: { name: { about: 'what the view is called' }, query: { about: 'the filters, such as q=login' } },
  examples: ["quarterdeck view save 'API work' 'label=api&status=ready,running'"],
  async run(context, { args }) {
    const query = args.query.replace(/^\?/, '');
    const reply = await context.client.call('view.save', { body: { name: args.name, query } });
    return reply.ok ? print(context, reply.value, () => `${reply.value.view.id}  ${args.name}`) : reply;
  },
});
