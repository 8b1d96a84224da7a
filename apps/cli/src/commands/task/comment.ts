import type { Woken } from '@quarterdeck/contract/mention';
import { print } from '../../command/context.ts';
import { defineCommand } from '../../command/define-command.ts';
import { findTaskId } from '../../lookup/find-task.ts';

export const taskComment = defineCommand({
  summary: 'Comment on a task, for people and agents to read',
  detail: 'An agent that it mentions with @name is woken with it.',
  arguments: {
    task: { about: 'id, or its beginning' },
    text: { about: 'the comment; - reads standard input', takesRest: true },
  },
  examples: [
    'quarterdeck task comment t_77aa "Keep the old column for now"',
    'quarterdeck task comment t_77aa - < notes.md',
    'quarterdeck task comment t_77aa "@claude Is this safe when the file is empty?"',
  ],
  async run(context, { args }) {
    const taskId = await findTaskId(context.client, args.task);
    if (!taskId.ok) return taskId;
    const body = args.text === '-' ? await context.terminal.readInput() : args.text;
    const reply = await context.client.call('task.comment', {
      params: { taskId: taskId.value },
      body: { body },
    });
    if (!reply.ok) return reply;
    const { woken } = reply.value;
    const lines = [`Commented on ${taskId.value}.`, ...woken.map(wokenLine)];
    return print(context, reply.value, () => lines.join('\n'));
  },
});

function wokenLine({ profile, how, taskId }: Woken): string {
  switch (how) {
    case 'prompted':
      return `${profile} gets it now, in its session.`;
    case 'resumed':
      return `${profile} has the task again and goes on with it.`;
    case 'in_brief':
      return `${profile} reads it when it starts on the task.`;
    case 'follow_up':
      return `${profile} answers it in ${taskId}, a task of its own.`;
  }
}
