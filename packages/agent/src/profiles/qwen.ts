import { AGENT_TOOLS, MCP_SERVER_NAME } from '@quarterdeck/contract/agent-tools';
import type { ProfileInput } from '@quarterdeck/contract/profile';

const OWN_TOOLS = Object.keys(AGENT_TOOLS).map((tool) => `mcp__${MCP_SERVER_NAME}__${tool}`);

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
  passEnv: [
    'OPENAI_*',
    'QWEN_MODEL',
    'DASHSCOPE_*',
    'BAILIAN_*',
    'ANTHROPIC_API_KEY',
    'ANTHROPIC_BASE_URL',
    'ANTHROPIC_MODEL',
    'GEMINI_API_KEY',
    'GEMINI_BASE_URL',
    'GEMINI_MODEL',
    'GOOGLE_API_KEY',
  ],
  passEnvFrom: [
    { file: '.qwen/settings.json', pattern: '"envKey"\\s*:\\s*"(\\w+)"' },
    { file: '.qwen/settings.json', pattern: '"\\$\\{?([A-Za-z_]\\w*)\\}?"' },
  ],
  // It starts in a mode in which a model decides what a person should be asked.
  options: [{ id: 'mode', value: 'default' }],
  // Its tool servers are connected behind its back, a second after the session is there.
  quirks: { toolsAfterSession: true },
  takesModel: { env: 'OPENAI_MODEL' },
  files: {
    [SYSTEM_SETTINGS]: JSON.stringify({
      general: { enableAutoUpdate: false },
      privacy: { usageStatisticsEnabled: false },
      security: { folderTrust: { enabled: false } },
      // Otherwise the model sees none of them and has to search.
      tools: { approvalMode: 'default', visible: OWN_TOOLS },
      // Asking wins over the rules that allow, of a person and of a repository; a person's denials win over it.
      permissions: { ask: ['run_shell_command', 'edit', 'write_file', 'notebook_edit', 'web_fetch'] },
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
    signInFiles: ['.qwen/.env'],
    logins: [
      { file: '.qwen/oauth_creds.json', expiresAt: 'expiry_date', renewedBy: 'refresh_token' },
      { file: '.qwen/settings.json', pattern: '"(selectedType|modelProviders)"' },
    ],
    signInEnv: ['OPENAI_API_KEY', 'DASHSCOPE_API_KEY'],
    atLeast: {
      version: '0.24.0',
      because: 'older ones do not know the settings that make it ask and show the tools of the board.',
    },
    install: 'Install it with `npm install -g @qwen-code/qwen-code`.',
    signIn: 'Run `qwen` and choose a provider with /auth, or set OPENAI_API_KEY.',
  },
} satisfies ProfileInput;
