import { print } from '../../command/context.ts';
import { defineCommand } from '../../command/define-command.ts';
import { fleetText } from '../../output/agent-text.ts';

export const agentList = defineCommand({
  summary: 'List agents and the machines that run them',
  examples: ['quarterdeck agent list'],
  async run(context) {
    const reply = await context.client.call('agent.list');
    if (!reply.ok) return reply;
    const nothing =
      'No runner is connected. Start one: quarterdeck up, or quarterdeck runner start --server URL';
    return print(context, reply.value, () =>
      reply.value.runners.length > 0 ? fleetText(context, reply.value) : nothing,
    );
  },
});
