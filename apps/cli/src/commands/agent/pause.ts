import { defineCommand, text } from '../../command/define-command.ts';
import { changeProfile } from '../../lookup/change-profile.ts';

export const agentPause = defineCommand({
  summary: 'Start no new runs of an agent until it is resumed',
  detail: 'Runs that live go on.',
  arguments: { name: { about: 'an agent such as opencode' } },
  options: { reason: text('<text>', 'why, shown to everyone whose tasks wait') },
  examples: ['quarterdeck agent pause opencode --reason "its provider is down"'],
  run: (context, { args, options }) =>
    changeProfile(context, args.name, { isPaused: true, pauseReason: options.reason ?? null }),
});
