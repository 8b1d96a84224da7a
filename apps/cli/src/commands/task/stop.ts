import { print } from '../../command/context.ts';
import { defineCommand, text } from '../../command/define-command.ts';
import { findLiveRun } from '../../lookup/find-task.ts';

export const taskStop = defineCommand({
  summary: "Stop a task's agent; the task goes back to todo and is held there",
  arguments: { task: { about: 'id, or its beginning' } },
  options: { reason: text('<text>', 'kept with the run') },
  examples: ['quarterdeck task stop t_77aa --reason "wrong branch"'],
  async run(context, { args, options }) {
    const run = await findLiveRun(context.client, args.task);
    if (!run.ok) return run;
    const reply = await context.client.call('run.stop', {
      params: { runId: run.value.id },
      body: { reason: options.reason ?? null },
    });
    if (!reply.ok) return reply;
    return print(
      context,
      reply.value,
      () => `Told ${run.value.profile} to stop ${run.value.id}. Its work stays in the workspace.`,
    );
  },
});
