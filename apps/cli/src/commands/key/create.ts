import { KeyCreate } from '@quarterdeck/contract/identity';
import { refuse } from '@quarterdeck/contract/refuse';
import { print } from '../../command/context.ts';
import { defineCommand, text } from '../../command/define-command.ts';

export const keyCreate = defineCommand({
  summary: 'Make a key for a script or another program',
  detail: 'The secret is printed this once; only a hash of it is kept.',
  arguments: { name: { about: 'what the key is for' } },
  options: { role: text('<role>', 'viewer reads, admin also writes (default: viewer)') },
  examples: ['quarterdeck key create nightly-report', 'quarterdeck key create deploy-bot --role admin'],
  async run(context, { args, options }) {
    const body = KeyCreate.safeParse({ name: args.name, role: options.role });
    if (!body.success) return refuse('invalid_input', { reason: 'the role is viewer or admin' });
    const reply = await context.client.call('identity.createKey', { body: body.data });
    return reply.ok
      ? print(context, reply.value, () => `${reply.value.key.id}\n${reply.value.secret}`)
      : reply;
  },
});
