import type { ProfileInput } from '@quarterdeck/contract/profile';

const KEYS = [
  'ANTHROPIC_API_KEY',
  'OPENAI_API_KEY',
  'OPENCODE_API_KEY',
  'OPENROUTER_API_KEY',
  'GEMINI_API_KEY',
  'GOOGLE_GENERATIVE_AI_API_KEY',
  'DEEPSEEK_API_KEY',
  'GROQ_API_KEY',
  'MISTRAL_API_KEY',
  'XAI_API_KEY',
  'CEREBRAS_API_KEY',
  'TOGETHER_API_KEY',
  'FIREWORKS_API_KEY',
  'MOONSHOT_API_KEY',
  'ZHIPU_API_KEY',
  'DASHSCOPE_API_KEY',
  'MINIMAX_API_KEY',
  'HF_TOKEN',
  'AZURE_API_KEY',
  'AWS_BEARER_TOKEN_BEDROCK',
];

export const opencodeProfile = {
  id: 'opencode',
  name: 'opencode',
  initials: 'OC',
  description: 'Open-source agent that works with most model providers and with local models.',
  command: 'opencode',
  args: ['acp'],
  // Not OPENCODE_DISABLE_DEFAULT_PLUGINS: the sign-ins with ChatGPT and GitHub Copilot are among those plugins.
  env: {
    OPENCODE_DISABLE_MODELS_FETCH: '1',
    OPENCODE_DISABLE_AUTOUPDATE: '1',
    OPENCODE_DISABLE_LSP_DOWNLOAD: '1',
    OPENCODE_DISABLE_CLAUDE_CODE: '1',
    OPENCODE_DISABLE_SHARE: '1',
    OPENCODE_DISABLE_TERMINAL_TITLE: '1',
  },
  passEnv: [
    ...KEYS,
    'AWS_*',
    'AZURE_*',
    'GOOGLE_CLOUD_*',
    'GOOGLE_APPLICATION_CREDENTIALS',
    'VERTEX_*',
    'CLOUDFLARE_*',
  ],
  // Keys that the person's settings name.
  passEnvFrom: ['config.json', 'opencode.json', 'opencode.jsonc'].map((name) => ({
    file: `.config/opencode/${name}`,
    pattern: '\\{env:(\\w+)\\}',
  })),
  link: ['.local/share/opencode/auth.json', '.local/share/opencode/mcp-auth.json'],
  copy: ['.config/opencode', '.agents/skills'],
  requests: { toolNames: [{ field: 'title', form: '<server>_<tool>' }] },
  // A repository can name another agent of its own as the first, with rights of its own.
  options: [{ id: 'mode', value: 'build' }],
  quirks: { sideChannel: 'opencode', permissions: 'opencode' },
  detect: {
    logins: [
      { file: '.local/share/opencode/auth.json', pattern: '"type"' },
      // A configuration file can name a local provider, which needs no key.
      ...['config.json', 'opencode.json', 'opencode.jsonc'].map((name) => ({
        file: `.config/opencode/${name}`,
        pattern: '"provider"s*:',
      })),
    ],
    signInEnv: KEYS,
    install: 'Install it with `npm install -g opencode-ai`.',
    signIn: 'Run `opencode auth login` once, or set the key of your provider, such as ANTHROPIC_API_KEY.',
  },
} satisfies ProfileInput;
