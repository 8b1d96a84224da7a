import { defineCommand } from '../../command/define-command.ts';
import { changeProfile } from '../../lookup/change-profile.ts';

export const agentResume = defineCommand({
  summary: 'Let a paused agent start runs again',
  arguments: { name: { about: 'an agent such as opencode' } },
  examples: ['quarterdeck agent resume opencode'],
  run: (context, { args }) => changeProfile(context, args.name, { isPaused: false }),
});
