import type { ProfileInput } from '@quarterdeck/contract/profile';

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
  ],
  link: ['.local/share/opencode/auth.json', '.local/share/opencode/mcp-auth.json'],
  copy: ['.config/opencode', '.agents/skills'],
  requests: { toolNames: [{ field: 'title', form: '<server>_<tool>' }] },
  quirks: { sideChannel: 'opencode' },
  detect: {
    // A configuration file can name a local provider, which needs no key.
    signInFiles: [
      '.local/share/opencode/auth.json',
      '.config/opencode/opencode.json',
      '.config/opencode/opencode.jsonc',
      '.config/opencode/config.json',
    ],
    signInEnv: [
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
    ],
    install: 'Install it with `npm install -g opencode-ai`.',
    signIn: 'Run `opencode auth login` once, or set the key of your provider, such as ANTHROPIC_API_KEY.',
  },
} satisfies ProfileInput;
