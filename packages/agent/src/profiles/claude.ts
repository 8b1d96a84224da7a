import type { ProfileInput } from '@quarterdeck/contract/profile';

/** Tools that change something or reach out. */
const ASKED = ['Bash', 'Edit', 'Write', 'NotebookEdit', 'WebFetch', 'WebSearch'];

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
    // Key, address, headers, and the model behind each name.
    'ANTHROPIC_*',
    'CLAUDE_CODE_OAUTH_TOKEN',
    'CLAUDE_CODE_USE_BEDROCK',
    'CLAUDE_CODE_USE_VERTEX',
    'CLAUDE_CODE_USE_FOUNDRY',
    'CLAUDE_CODE_SKIP_BEDROCK_AUTH',
    'CLAUDE_CODE_SKIP_VERTEX_AUTH',
    'CLAUDE_CODE_SKIP_FOUNDRY_AUTH',
    'CLAUDE_CODE_API_KEY_HELPER_TTL_MS',
    'CLAUDE_CODE_MAX_OUTPUT_TOKENS',
    'CLAUDE_CODE_SUBAGENT_MODEL',
    'CLAUDE_CODE_CLIENT_*',
    'API_TIMEOUT_MS',
    'MAX_THINKING_TOKENS',
    // Amazon Bedrock, Google Vertex AI.
    'AWS_*',
    'CLOUD_ML_REGION',
    'VERTEX_REGION_*',
    'GOOGLE_APPLICATION_CREDENTIALS',
    'GOOGLE_CLOUD_PROJECT',
    'GCLOUD_PROJECT',
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
  // In its first mode, and in what a person's settings may name instead, a model or nobody decides what a person should be asked.
  options: [{ id: 'mode', value: 'default' }],
  sessionMeta: {
    claudeCode: {
      options: {
        // Not the local settings of a folder: an agent could write itself rules there. Asking wins over every rule that allows.
        settingSources: ['user', 'project'],
        settings: { permissions: { ask: ASKED } },
      },
    },
  },
  detect: {
    logins: [
      {
        file: '.claude/.credentials.json',
        expiresAt: 'claudeAiOauth.expiresAt',
        renewedBy: 'claudeAiOauth.refreshToken',
      },
      // A key, a token or a helper that gives one, set in the person's settings.
      {
        file: '.claude/settings.json',
        pattern: '"(apiKeyHelper|ANTHROPIC_API_KEY|ANTHROPIC_AUTH_TOKEN|CLAUDE_CODE_USE_\\w+)"',
      },
    ],
    signInEnv: [
      'ANTHROPIC_API_KEY',
      'ANTHROPIC_AUTH_TOKEN',
      'CLAUDE_CODE_OAUTH_TOKEN',
      'CLAUDE_CODE_USE_BEDROCK',
      'CLAUDE_CODE_USE_VERTEX',
      'CLAUDE_CODE_USE_FOUNDRY',
    ],
    atLeast: {
      version: '0.100.0',
      because: "older adapters name no tools, so you are asked about the board's own.",
    },
    install: 'Install it with `npm install -g @agentclientprotocol/claude-agent-acp`.',
    signIn:
      'Run `claude-agent-acp --cli`, which is Claude Code, and type /login; on macOS run `claude-agent-acp --cli setup-token` and set CLAUDE_CODE_OAUTH_TOKEN; or set ANTHROPIC_API_KEY.',
  },
} satisfies ProfileInput;
