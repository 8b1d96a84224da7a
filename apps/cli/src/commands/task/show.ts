import { print } from '../../command/context.ts';
import { defineCommand } from '../../command/define-command.ts';
import { findTask } from '../../lookup/find-task.ts';
import { taskPage } from '../../output/task-text.ts';

export const taskShow = defineCommand({
  summary: 'Show a task with its comments, links and runs, and why it is not running',
  arguments: { task: { about: 'id, or its beginning' } },
  examples: ['quarterdeck task show t_77aa'],
  async run(context, { args }) {
    const reply = await findTask(context.client, args.task);
    return reply.ok ? print(context, reply.value, () => taskPage(context, reply.value)) : reply;
  },
});
