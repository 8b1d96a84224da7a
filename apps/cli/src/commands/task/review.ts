import { print } from '../../command/context.ts';
import { defineCommand, text } from '../../command/define-command.ts';
import { findTaskId } from '../../lookup/find-task.ts';
import { taskLine } from '../../output/task-text.ts';

export const taskReview = defineCommand({
  summary: 'Ask for a review of the work as it is now',
  detail:
    'An agent begins as soon as a place is free; its approval lands nothing. In review this asks again, and what was said before is forgotten.',
  arguments: { task: { about: 'id, or its beginning' } },
  options: {
    by: text('<name>', 'an agent or a person; its own reviewer when unset, any person when empty'),
    summary: text('<text>', 'what was done; - reads standard input'),
  },
  examples: ['quarterdeck task review t_77aa --by claude', 'quarterdeck task review t_77aa --by ""'],
  async run(context, { args, options }) {
    const taskId = await findTaskId(context.client, args.task);
    if (!taskId.ok) return taskId;
    const summary = options.summary === '-' ? await context.terminal.readInput() : (options.summary ?? null);
    const reply = await context.client.call('task.requestReview', {
      params: { taskId: taskId.value },
      body: { reviewer: options.by ?? null, summary },
    });
    return reply.ok ? print(context, reply.value, () => taskLine(context, reply.value.task)) : reply;
  },
});
