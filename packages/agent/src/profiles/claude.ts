import type { ProfileInput } from '@quarterdeck/contract/profile';

export const claudeProfile = {
  id: 'claude',
  name: 'Claude Code',
  initials: 'CC',
  description: "Anthropic's agent, driven through its ACP adapter.",
  command: 'claude-agent-acp',
  env: {
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    DISABLE_AUTOUPDATER: '1',
    DISABLE_TELEMETRY: '1',
    DISABLE_ERROR_REPORTING: '1',
  },
  // IS_SANDBOX stays out: as root with any value but 1 the adapter starts Claude in a way that it refuses.
  passEnv: [
    'ANTHROPIC_API_KEY',
    'ANTHROPIC_AUTH_TOKEN',
    'ANTHROPIC_BASE_URL',
    'ANTHROPIC_MODEL',
    'CLAUDE_CODE_OAUTH_TOKEN',
    'CLAUDE_CODE_USE_BEDROCK',
    'CLAUDE_CODE_USE_VERTEX',
  ],
  link: ['.claude/.credentials.json'],
  copy: [
    '.claude.json',
    '.claude/settings.json',
    '.claude/CLAUDE.md',
    '.claude/agents',
    '.claude/commands',
    '.claude/hooks',
    '.claude/output-styles',
    '.claude/rules',
    '.claude/skills',
  ],
  requests: {
    toolNames: [
      { field: 'tool-name', form: 'mcp__<server>__<tool>' },
      // Adapters before 0.100 say it in the title only.
      { field: 'title', form: 'mcp__<server>__<tool>' },
    ],
  },
  detect: {
    signInFiles: ['.claude/.credentials.json'],
    signInEnv: [
      'ANTHROPIC_API_KEY',
      'ANTHROPIC_AUTH_TOKEN',
      'CLAUDE_CODE_OAUTH_TOKEN',
      'CLAUDE_CODE_USE_BEDROCK',
      'CLAUDE_CODE_USE_VERTEX',
    ],
    install: 'Install it with `npm install -g @agentclientprotocol/claude-agent-acp`.',
    signIn:
      'Run `claude` once and sign in; on macOS run `claude setup-token` and set CLAUDE_CODE_OAUTH_TOKEN; or set ANTHROPIC_API_KEY.',
  },
} satisfies ProfileInput;
