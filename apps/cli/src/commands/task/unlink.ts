import { refuse } from '@quarterdeck/contract/refuse';
import { print } from '../../command/context.ts';
import { defineCommand } from '../../command/define-command.ts';
import { findTaskIds } from '../../lookup/find-task.ts';

export const taskUnlink = defineCommand({
  summary: 'Stop a task waiting for another',
  arguments: {
    task: { about: 'the one that waits: id, or its beginning' },
    parent: { about: 'the one it waits for' },
  },
  examples: ['quarterdeck task unlink t_77aa t_12bb'],
  async run(context, { args }) {
    const found = await findTaskIds(context.client, [args.parent, args.task]);
    if (!found.ok) return found;
    const [parentId = '', childId = ''] = found.value;
    const reply = await context.client.call('link.delete', { query: { parentId, childId } });
    if (!reply.ok) return reply;
    if (!reply.value.ok)
      return refuse('invalid_input', { reason: `${childId} does not wait for ${parentId}` });
    return print(context, reply.value, () => `${childId} no longer waits for ${parentId}`);
  },
});
