import { print } from '../../command/context.ts';
import { defineCommand } from '../../command/define-command.ts';
import { findTaskId } from '../../lookup/find-task.ts';

export const taskComment = defineCommand({
  summary: 'Comment on a task, for people and agents to read',
  arguments: {
    task: { about: 'id, or its beginning' },
    text: { about: 'the comment; - reads standard input', takesRest: true },
  },
  examples: [
    'quarterdeck task comment t_77aa "Keep the old column for now"',
    'quarterdeck task comment t_77aa - < notes.md',
  ],
  async run(context, { args }) {
    const taskId = await findTaskId(context.client, args.task);
    if (!taskId.ok) return taskId;
    const body = args.text === '-' ? await context.terminal.readInput() : args.text;
    const reply = await context.client.call('task.comment', {
      params: { taskId: taskId.value },
      body: { body },
    });
    return reply.ok ? print(context, reply.value, () => `Commented on ${taskId.value}.`) : reply;
  },
});
