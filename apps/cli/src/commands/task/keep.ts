import { print } from '../../command/context.ts';
import { defineCommand } from '../../command/define-command.ts';
import { findTaskId } from '../../lookup/find-task.ts';
import { taskLine } from '../../output/task-text.ts';

export const taskKeep = defineCommand({
  summary: 'Commit again what the last attempt left in its workspace',
  detail:
    'For a task that is blocked because its work could not be committed as a whole: mend what is in the way, then keep it. When all is kept, the task goes where its agent wanted it. Asking again does no harm.',
  arguments: { task: { about: 'id, or its beginning' } },
  examples: ['quarterdeck task keep t_77aa'],
  async run(context, { args }) {
    const taskId = await findTaskId(context.client, args.task);
    if (!taskId.ok) return taskId;
    const reply = await context.client.call('task.keep', { params: { taskId: taskId.value }, body: {} });
    if (!reply.ok) return reply;
    const { task } = reply.value;
    return print(context, reply.value, () => `${taskLine(context, task)}\nAll its work is kept.`);
  },
});
