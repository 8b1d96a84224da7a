import type { ProfileInput } from '@quarterdeck/contract/profile';

// The person's own settings are copied because they say how they sign in; these come on top of them.
const SYSTEM_SETTINGS = '.qwen/quarterdeck-settings.json';

export const qwenProfile = {
  id: 'qwen',
  name: 'Qwen Code',
  initials: 'QW',
  description: 'Open-source agent for Qwen and every OpenAI-compatible model.',
  command: 'qwen',
  args: ['--acp'],
  env: {
    // Whoever starts the agent fills in its home.
    QWEN_CODE_SYSTEM_SETTINGS_PATH: `\${home}/${SYSTEM_SETTINGS}`,
    QWEN_CODE_NO_RELAUNCH: 'true',
    QWEN_TELEMETRY_ENABLED: 'false',
  },
  passEnv: ['OPENAI_API_KEY', 'OPENAI_BASE_URL', 'OPENAI_MODEL', 'DASHSCOPE_API_KEY'],
  files: {
    [SYSTEM_SETTINGS]: JSON.stringify({
      general: { enableAutoUpdate: false },
      privacy: { usageStatisticsEnabled: false },
      security: { folderTrust: { enabled: false } },
    }),
  },
  link: ['.qwen/oauth_creds.json', '.qwen/mcp-oauth-tokens.json'],
  copy: [
    '.qwen/settings.json',
    '.qwen/installation_id',
    '.qwen/.env',
    '.qwen/QWEN.md',
    '.qwen/agents',
    '.qwen/commands',
    '.qwen/extensions',
    '.qwen/skills',
  ],
  requests: {
    toolNames: [
      { field: 'tool-name', form: 'mcp__<server>__<tool>' },
      // Tools that are not in the model's list are called through another one. The title is the arguments.
      { field: 'input-name', form: 'mcp__<server>__<tool>' },
    ],
  },
  exit: 'signal',
  detect: {
    signInFiles: ['.qwen/settings.json', '.qwen/oauth_creds.json', '.qwen/.env'],
    signInEnv: ['OPENAI_API_KEY', 'DASHSCOPE_API_KEY'],
    install: 'Install it with `npm install -g @qwen-code/qwen-code`.',
    signIn: 'Run `qwen` once and choose a provider with /auth, or set OPENAI_API_KEY.',
  },
} satisfies ProfileInput;
