import { print } from '../../command/context.ts';
import { defineCommand } from '../../command/define-command.ts';
import { relativeText } from '../../output/amount-text.ts';
import { oneLine } from '../../output/plain-text.ts';

export const keyList = defineCommand({
  summary: 'List the keys of machines',
  examples: ['quarterdeck key list'],
  async run(context) {
    const reply = await context.client.call('identity.keys');
    if (!reply.ok) return reply;
    const now = context.terminal.now();
    const lines = reply.value.keys.map(
      ({ id, name, role, createdAt }) =>
        `${id}  ${role.padEnd(6)}  ${oneLine(name)}, made ${relativeText(createdAt, now)}`,
    );
    const nothing = 'No keys yet. Make one: quarterdeck key create <name>.';
    return print(context, reply.value, () => (lines.length > 0 ? lines.join('\n') : nothing));
  },
});
