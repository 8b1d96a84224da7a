import { print } from '../../command/context.ts';
import { defineCommand } from '../../command/define-command.ts';
import { findTaskId } from '../../lookup/find-task.ts';
import { graphText } from '../../output/graph-text.ts';

export const taskGraph = defineCommand({
  summary: 'Show what a task waits for and what waits for it, as trees',
  arguments: { task: { about: 'id, or its beginning' } },
  examples: ['quarterdeck task graph t_77aa', 'quarterdeck task graph t_77aa --json'],
  async run(context, { args }) {
    const found = await findTaskId(context.client, args.task);
    if (!found.ok) return found;
    const reply = await context.client.call('task.graph', { params: { taskId: found.value } });
    return reply.ok ? print(context, reply.value, () => graphText(context, reply.value)) : reply;
  },
});
