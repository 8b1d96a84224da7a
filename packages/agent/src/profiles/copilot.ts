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
    'COPILOT_MODEL',
    'COPILOT_OFFLINE',
    'COPILOT_PROVIDER_BASE_URL',
    'COPILOT_PROVIDER_TYPE',
    'COPILOT_PROVIDER_API_KEY',
  ],
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
    signInFiles: ['.copilot/config.json', '.config/gh/hosts.yml'],
    signInEnv: ['COPILOT_GITHUB_TOKEN', 'GH_TOKEN', 'GITHUB_TOKEN', 'COPILOT_PROVIDER_BASE_URL'],
    install: 'Install it with `npm install -g @github/copilot`.',
    signIn: 'Run `copilot` once and sign in with /login, or set COPILOT_GITHUB_TOKEN.',
  },
} satisfies ProfileInput;
