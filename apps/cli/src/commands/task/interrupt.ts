import { print } from '../../command/context.ts';
import { defineCommand } from '../../command/define-command.ts';
import { findLiveRun } from '../../lookup/find-task.ts';

export const taskInterrupt = defineCommand({
  summary: "End the turn of a task's agent; its run goes on and waits to be told what to do",
  arguments: { task: { about: 'id, or its beginning' } },
  examples: ['quarterdeck task interrupt t_77aa'],
  async run(context, { args }) {
    const run = await findLiveRun(context.client, args.task);
    if (!run.ok) return run;
    const reply = await context.client.call('run.interrupt', { params: { runId: run.value.id }, body: {} });
    if (!reply.ok) return reply;
    const next = `Say what to do next: quarterdeck task say ${args.task} "…"`;
    return print(context, reply.value, () => `Asked ${run.value.profile} to end its turn. ${next}`);
  },
});
