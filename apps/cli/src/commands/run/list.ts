import { print } from '../../command/context.ts';
import { defineCommand } from '../../command/define-command.ts';
import { runTable } from '../../output/task-text.ts';

export const runList = defineCommand({
  summary: 'List runs that have not ended',
  examples: ['quarterdeck run list'],
  async run(context) {
    const reply = await context.client.call('run.list');
    if (!reply.ok) return reply;
    const { runs } = reply.value;
    return print(context, reply.value, () =>
      runs.length > 0 ? runTable(context, runs) : 'No agent is working.',
    );
  },
});
