import { print } from '../../command/context.ts';
import { defineCommand } from '../../command/define-command.ts';

export const keyRevoke = defineCommand({
  summary: 'Make a key worthless',
  arguments: { key: { about: 'id of the key' } },
  examples: ['quarterdeck key revoke k_1a2b3c4d5e6f'],
  async run(context, { args }) {
    const reply = await context.client.call('identity.revokeKey', { params: { keyId: args.key } });
    if (!reply.ok) return reply;
    return print(context, reply.value, () => `${args.key} no longer works`);
  },
});
