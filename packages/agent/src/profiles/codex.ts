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
  passEnv: ['OPENAI_API_KEY', 'CODEX_API_KEY', 'OPENAI_BASE_URL'],
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
    signInFiles: ['.codex/auth.json'],
    signInEnv: ['OPENAI_API_KEY', 'CODEX_API_KEY'],
    install: 'Install it with `npm install -g @agentclientprotocol/codex-acp`.',
    signIn: 'Run `codex-acp login` once, or set OPENAI_API_KEY.',
  },
} satisfies ProfileInput;
