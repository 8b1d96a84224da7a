import type { ProfileInput } from '@quarterdeck/contract/profile';

export const copilotProfile = {
  id: 'copilot',
  name: 'GitHub Copilot CLI',
  initials: 'CP',
  description: "GitHub's agent, with a Copilot plan or with your own model provider.",
  command: 'copilot',
  args: ['--acp'],
  env: { COPILOT_AUTO_UPDATE: 'false' },
  passEnv: [
    'COPILOT_GITHUB_TOKEN',
    'GH_TOKEN',
    'GITHUB_TOKEN',
    'GH_HOST',
    'COPILOT_MODEL',
    'COPILOT_OFFLINE',
    'COPILOT_PROVIDER_*',
  ],
  // Both can be turned by the person's settings so that nobody is asked.
  options: [
    { id: 'mode', value: 'https://agentclientprotocol.com/protocol/session-modes#agent' },
    { id: 'allow_all', value: 'off' },
  ],
  takesModel: { env: 'COPILOT_MODEL' },
  copy: [
    '.copilot/config.json',
    '.copilot/settings.json',
    '.copilot/mcp-config.json',
    '.copilot/copilot-instructions.md',
    '.copilot/AGENTS.md',
    '.copilot/agents',
    '.copilot/skills',
    '.agents/skills',
    '.config/gh/hosts.yml',
  ],
  // The request's own title is the bare name of the tool, which a tool of any server can have.
  requests: { toolNames: [{ field: 'call-title', form: '<server>-<tool>' }] },
  detect: {
    signInFiles: ['.config/gh/hosts.yml'],
    // Its first start makes the file; signing in adds the person.
    logins: [{ file: '.copilot/config.json', pattern: '[lL]ogged_?[iI]n_?[uU]ser|[cC]opilot_?[tT]oken' }],
    signInEnv: ['COPILOT_GITHUB_TOKEN', 'GH_TOKEN', 'GITHUB_TOKEN', 'COPILOT_PROVIDER_BASE_URL'],
    install: 'Install it with `npm install -g @github/copilot`.',
    signIn:
      'Run `copilot login`, set COPILOT_GITHUB_TOKEN, or name a provider of your own with COPILOT_PROVIDER_BASE_URL.',
  },
} satisfies ProfileInput;
