import type { AgentUnderTest } from './agent-under-test.ts';

export const copilot: AgentUnderTest = {
  id: 'copilot',
  name: 'GitHub Copilot CLI',
  packageName: '@github/copilot',
  megabytes: { fetched: 80, installed: 190 },
  command: 'copilot',
  programs: ['.bin/copilot'],
  person: (modelUrl) => ({
    env: {
      COPILOT_PROVIDER_BASE_URL: `${modelUrl}/v1`,
      COPILOT_PROVIDER_TYPE: 'openai',
      COPILOT_PROVIDER_API_KEY: 'scripted',
      COPILOT_MODEL: 'probe',
      COPILOT_OFFLINE: 'true',
    },
  }),
  tools: {
    read: (path) => ({ name: 'view', args: { path } }),
    edit: (path, from, to) => ({ name: 'edit', args: { path, old_str: from, new_str: to } }),
    write: (path, text) => ({ name: 'create', args: { path, file_text: text } }),
    shell: (command) => ({
      name: 'bash',
      args: { command, description: 'Run the command', sessionId: 'shell', mode: 'sync', initial_wait: 10 },
    }),
  },
  // With a provider of one's own it offers no models and names none.
  model: null,
};
