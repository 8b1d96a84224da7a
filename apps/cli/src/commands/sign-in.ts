import { print } from '../command/context.ts';
import { defineCommand } from '../command/define-command.ts';
import { relativeText } from '../output/amount-text.ts';
import { signInUrl } from '../server/sign-in-url.ts';

export const signIn = defineCommand({
  summary: 'Print a fresh one-time link that signs a browser in',
  examples: ['quarterdeck sign-in'],
  async run(context) {
    const reply = await context.client.call('identity.ticket');
    if (!reply.ok) return reply;
    const { ticket, expiresAt } = reply.value;
    const url = signInUrl(context.place.url, ticket);
    const until = relativeText(expiresAt, context.terminal.now());
    return print(
      context,
      { ...reply.value, url },
      () => `${url}\n${context.paint('faint', `It works once and ends ${until}.`)}`,
    );
  },
});
