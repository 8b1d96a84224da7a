import { print } from '../../command/context.ts';
import { defineCommand } from '../../command/define-command.ts';
import { findTaskIds } from '../../lookup/find-task.ts';

export const taskLink = defineCommand({
  summary: 'Make a task wait for another',
  arguments: {
    task: { about: 'the one that waits: id, or its beginning' },
    parent: { about: 'the one it waits for' },
  },
  examples: ['quarterdeck task link t_77aa t_12bb'],
  async run(context, { args }) {
    const found = await findTaskIds(context.client, [args.parent, args.task]);
    if (!found.ok) return found;
    const [parentId = '', childId = ''] = found.value;
    const reply = await context.client.call('link.create', { body: { parentId, childId } });
    return reply.ok ? print(context, reply.value, () => `${childId} waits for ${parentId}`) : reply;
  },
});
