import type { AgentUnderTest } from './agent-under-test.ts';

export const qwen: AgentUnderTest = {
  id: 'qwen',
  name: 'Qwen Code',
  packageName: '@qwen-code/qwen-code',
  megabytes: { fetched: 45, installed: 155 },
  command: 'qwen',
  programs: ['.bin/qwen'],
  person: (modelUrl) => ({
    env: { OPENAI_API_KEY: 'scripted', OPENAI_BASE_URL: `${modelUrl}/v1`, OPENAI_MODEL: 'probe' },
    files: { '.qwen/settings.json': JSON.stringify({ security: { auth: { selectedType: 'openai' } } }) },
  }),
  tools: {
    read: (path) => ({ name: 'read_file', args: { file_path: path } }),
    edit: (path, from, to) => ({
      name: 'edit',
      args: { file_path: path, old_string: from, new_string: to },
    }),
    write: (path, content) => ({ name: 'write_file', args: { file_path: path, content } }),
    shell: (command) => ({
      name: 'run_shell_command',
      args: { command, description: 'Run the command', is_background: false },
    }),
  },
  isSilentAtLimits: true,
  model: /probe/,
};
