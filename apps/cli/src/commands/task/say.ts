import { print } from '../../command/context.ts';
import { defineCommand } from '../../command/define-command.ts';
import { findLiveRun } from '../../lookup/find-task.ts';

export const taskSay = defineCommand({
  summary: "Say something to a task's live agent; it reads it when its turn ends",
  arguments: {
    task: { about: 'id, or its beginning' },
    text: { about: 'what to say; - reads standard input', takesRest: true },
  },
  examples: ['quarterdeck task say t_77aa "Use the existing retry function"'],
  async run(context, { args }) {
    const run = await findLiveRun(context.client, args.task);
    if (!run.ok) return run;
    const text = args.text === '-' ? await context.terminal.readInput() : args.text;
    const reply = await context.client.call('session.prompt', {
      params: { sessionId: run.value.sessionId },
      body: { text },
    });
    return reply.ok
      ? print(context, reply.value, () => `Said to ${run.value.profile} in ${run.value.id}.`)
      : reply;
  },
});
