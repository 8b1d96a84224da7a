import type { ProfileInput } from '@quarterdeck/contract/profile';
import { GIT_IDENTITY } from './git-identity.ts';

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
  link: [...GIT_IDENTITY, '.codex/auth.json', '.codex/config.toml', '.codex/AGENTS.md'],
  // In its first mode a model answers what a person should be asked.
  options: [{ id: 'mode', value: 'workspace-write' }],
  exit: 'signal',
  detect: {
    signInFiles: ['.codex/auth.json'],
    signInEnv: ['OPENAI_API_KEY', 'CODEX_API_KEY'],
    install: 'Install it with `npm install -g @agentclientprotocol/codex-acp`.',
    signIn: 'Run `codex-acp login` once, or set OPENAI_API_KEY.',
  },
} satisfies ProfileInput;
