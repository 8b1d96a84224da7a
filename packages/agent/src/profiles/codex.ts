import type { ProfileInput } from '@quarterdeck/contract/profile';

export const codexProfile = {
  id: 'codex',
  name: 'Codex',
  initials: 'CX',
  description: "OpenAI's agent, driven through its ACP adapter.",
  command: 'codex-acp',
  env: {
    NO_BROWSER: '1',
    CODEX_CONFIG: JSON.stringify({ check_for_update_on_startup: false, analytics: { enabled: false } }),
  },
  passEnv: ['OPENAI_*', 'CODEX_API_KEY', 'AZURE_OPENAI_*'],
  // Keys of the person's own providers and tool servers.
  passEnvFrom: [
    {
      file: '.codex/config.toml',
      pattern: '^[^#\\n]*\\b(?:env_key|bearer_token_env_var)\\s*=\\s*["\'](\\w+)["\']',
    },
  ],
  link: ['.codex/auth.json'],
  copy: [
    '.codex/config.toml',
    '.codex/AGENTS.md',
    '.codex/AGENTS.override.md',
    '.codex/prompts',
    '.codex/skills',
    '.agents/skills',
  ],
  // In its first mode a model answers what a person should be asked.
  options: [{ id: 'mode', value: 'workspace-write' }],
  requests: {
    // The request itself has neither title nor input: both stand in the call before it.
    toolNames: [
      {
        field: 'call-title',
        form: 'mcp.<server>.<tool>',
        kinds: ['execute'],
        flag: 'is_mcp_tool_approval',
      },
    ],
  },
  exit: 'signal',
  detect: {
    logins: [
      { file: '.codex/auth.json', token: 'tokens.access_token', renewedBy: 'tokens.refresh_token' },
      // A provider without a key, such as a local model.
      {
        file: '.codex/config.toml',
        pattern: '^[^#\\n]*\\bbase_url\\s*=',
        unless: '^[^#\\n]*\\benv_key\\s*=',
      },
    ],
    signInEnv: ['OPENAI_API_KEY', 'CODEX_API_KEY'],
    install: 'Install it with `npm install -g @agentclientprotocol/codex-acp`.',
    signIn: 'Run `codex-acp cli login`, or set OPENAI_API_KEY.',
  },
} satisfies ProfileInput;
