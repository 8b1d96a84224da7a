import { parseDollars } from '@quarterdeck/contract/budget-text';
import { ok } from '@quarterdeck/contract/result';
import { print } from '../../command/context.ts';
import { defineCommand } from '../../command/define-command.ts';
import { findTaskId } from '../../lookup/find-task.ts';
import { taskLine } from '../../output/task-text.ts';

export const taskBudget = defineCommand({
  summary: 'Say what a task may cost, all its runs together',
  detail:
    'A run that passes it is stopped and the task is blocked. Raise it and move the task to ready to go on.',
  arguments: {
    task: { about: 'id, or its beginning' },
    dollars: { about: 'such as 2.50; none takes the budget away' },
  },
  examples: ['quarterdeck task budget t_77aa 2.50', 'quarterdeck task budget t_77aa none'],
  async run(context, { args }) {
    const micros = args.dollars === 'none' ? ok(0) : parseDollars(args.dollars);
    if (!micros.ok) return micros;
    const taskId = await findTaskId(context.client, args.task);
    if (!taskId.ok) return taskId;
    const reply = await context.client.call('task.update', {
      params: { taskId: taskId.value },
      body: { budgetMicros: micros.value },
    });
    return reply.ok ? print(context, reply.value, () => taskLine(context, reply.value.task)) : reply;
  },
});
