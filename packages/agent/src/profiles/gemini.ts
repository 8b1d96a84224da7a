import type { ProfileInput } from '@quarterdeck/contract/profile';

// The person's own settings are copied because they say how they sign in; these come on top of them.
const SYSTEM_SETTINGS = '.gemini/quarterdeck-settings.json';

export const geminiProfile = {
  id: 'gemini',
  name: 'Gemini CLI',
  initials: 'GE',
  description: "Google's open-source agent.",
  command: 'gemini',
  args: ['--acp'],
  env: {
    // Whoever starts the agent fills in its home.
    GEMINI_CLI_SYSTEM_SETTINGS_PATH: `\${home}/${SYSTEM_SETTINGS}`,
    // Otherwise it starts itself once more, and the second process survives the first.
    GEMINI_CLI_NO_RELAUNCH: 'true',
    GEMINI_TELEMETRY_ENABLED: 'false',
    // The setting below says it too, but is skipped when others may write to a folder above it, and then the board's tools are gone.
    GEMINI_CLI_TRUST_WORKSPACE: 'true',
  },
  passEnv: [
    'GEMINI_API_KEY',
    'GEMINI_API_KEY_AUTH_MECHANISM',
    'GEMINI_MODEL',
    'GEMINI_CLI_CUSTOM_HEADERS',
    'GOOGLE_API_KEY',
    'GOOGLE_GEMINI_BASE_URL',
    'GOOGLE_VERTEX_BASE_URL',
    'GOOGLE_CLOUD_*',
    'GOOGLE_GENAI_*',
    'GOOGLE_APPLICATION_CREDENTIALS',
    'CODE_ASSIST_ENDPOINT',
  ],
  // Settings may name variables instead of holding keys.
  passEnvFrom: [{ file: '.gemini/settings.json', pattern: '"\\$\\{?([A-Za-z_]\\w*)\\}?"' }],
  options: [{ id: 'mode', value: 'default' }],
  takesModel: { env: 'GEMINI_MODEL' },
  files: {
    [SYSTEM_SETTINGS]: JSON.stringify({
      general: { enableAutoUpdate: false },
      privacy: { usageStatisticsEnabled: false },
      security: { folderTrust: { enabled: false } },
    }),
  },
  link: ['.gemini/oauth_creds.json', '.gemini/gemini-credentials.json', '.gemini/mcp-oauth-tokens.json'],
  copy: [
    '.gemini/settings.json',
    '.gemini/google_accounts.json',
    '.gemini/installation_id',
    '.gemini/.env',
    '.gemini/GEMINI.md',
    '.gemini/agents',
    '.gemini/commands',
    '.gemini/extensions',
    '.gemini/skills',
    '.agents/skills',
  ],
  requests: {
    // A call with an argument `command` has that as its title.
    toolNames: [{ field: 'title', form: '<tool> (<server> MCP Server)', displacedBy: 'command' }],
    isTitleCommand: true,
  },
  exit: 'signal',
  detect: {
    signInFiles: ['.gemini/oauth_creds.json', '.gemini/gemini-credentials.json', '.gemini/.env'],
    signInEnv: ['GEMINI_API_KEY', 'GOOGLE_API_KEY', 'GOOGLE_GENAI_USE_VERTEXAI'],
    install: 'Install it with `npm install -g @google/gemini-cli`.',
    signIn: 'Run `gemini` and sign in with /auth, or set GEMINI_API_KEY.',
  },
} satisfies ProfileInput;
