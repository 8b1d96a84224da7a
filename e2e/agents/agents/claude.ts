import type { AgentUnderTest } from './agent-under-test.ts';

export const claude: AgentUnderTest = {
  id: 'claude',
  name: 'Claude Code',
  packageName: '@agentclientprotocol/claude-agent-acp',
  megabytes: { fetched: 130, installed: 400 },
  command: 'claude-agent-acp',
  programs: ['.bin/claude-agent-acp'],
  person: (modelUrl) => ({
    env: { CLAUDE_CODE_OAUTH_TOKEN: 'sk-ant-oat01-scripted', ANTHROPIC_BASE_URL: modelUrl },
  }),
  tools: {
    read: (path) => ({ name: 'Read', args: { file_path: path } }),
    edit: (path, from, to) => ({
      name: 'Edit',
      args: { file_path: path, old_string: from, new_string: to },
    }),
    write: (path, content) => ({ name: 'Write', args: { file_path: path, content } }),
    shell: (command) => ({ name: 'Bash', args: { command, description: 'Run the command' } }),
  },
  model: /claude|default|sonnet|opus/,
};
