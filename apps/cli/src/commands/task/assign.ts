import { print } from '../../command/context.ts';
import { defineCommand } from '../../command/define-command.ts';
import { findTaskId } from '../../lookup/find-task.ts';
import { taskLine } from '../../output/task-text.ts';

export const taskAssign = defineCommand({
  summary: 'Give a task to an agent or a person',
  arguments: {
    task: { about: 'id, or its beginning' },
    name: { about: 'an agent such as opencode, or a person; nobody when left out', isOptional: true },
  },
  examples: ['quarterdeck task assign t_77aa opencode', 'quarterdeck task assign t_77aa'],
  async run(context, { args }) {
    const taskId = await findTaskId(context.client, args.task);
    if (!taskId.ok) return taskId;
    const reply = await context.client.call('task.update', {
      params: { taskId: taskId.value },
      body: { assignee: args.name ?? '' },
    });
    return reply.ok ? print(context, reply.value, () => taskLine(context, reply.value.task)) : reply;
  },
});
