import { refuse } from '@quarterdeck/contract/refuse';
import { print } from '../../command/context.ts';
import { defineCommand, text } from '../../command/define-command.ts';
import { findTaskId } from '../../lookup/find-task.ts';
import { taskLine } from '../../output/task-text.ts';

export const taskModel = defineCommand({
  summary: 'Say which model works on a task, and how hard it thinks',
  detail:
    'It counts from the next run on. The word "none" leaves it to what is set for the agent. What an agent offers: quarterdeck agent list --json. An agent that does not have the model does not start, and says what it has.',
  arguments: {
    task: { about: 'id, or its beginning' },
    model: { about: 'as the agent names it, such as opus; none takes it away', isOptional: true },
  },
  options: { effort: text('<effort|none>', 'as the agent names it, such as low or high') },
  examples: ['quarterdeck task model t_77aa opus --effort high', 'quarterdeck task model t_77aa none'],
  async run(context, { args, options }) {
    if (args.model === undefined && options.effort === undefined)
      return refuse('invalid_input', { reason: 'name a model, or an effort with --effort' });
    const taskId = await findTaskId(context.client, args.task);
    if (!taskId.ok) return taskId;
    const reply = await context.client.call('task.update', {
      params: { taskId: taskId.value },
      body: {
        ...(args.model !== undefined && { model: args.model === 'none' ? '' : args.model }),
        ...(options.effort !== undefined && { effort: options.effort === 'none' ? '' : options.effort }),
      },
    });
    return reply.ok ? print(context, reply.value, () => taskLine(context, reply.value.task)) : reply;
  },
});
