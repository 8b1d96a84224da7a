import type { AgentUnderTest } from './agent-under-test.ts';

export const gemini: AgentUnderTest = {
  id: 'gemini',
  name: 'Gemini CLI',
  packageName: '@google/gemini-cli',
  megabytes: { fetched: 25, installed: 100 },
  command: 'gemini',
  programs: ['.bin/gemini'],
  person: (modelUrl) => ({
    env: { GEMINI_API_KEY: 'scripted', GOOGLE_GEMINI_BASE_URL: modelUrl },
    files: {
      '.gemini/settings.json': JSON.stringify({
        security: { auth: { selectedType: 'gemini-api-key' } },
        model: { name: 'gemini-2.5-flash' },
      }),
    },
  }),
  tools: {
    read: (path) => ({ name: 'read_file', args: { file_path: path } }),
    edit: (path, from, to) => ({
      name: 'replace',
      args: { file_path: path, old_string: from, new_string: to, instruction: 'Replace the line' },
    }),
    write: (path, content) => ({ name: 'write_file', args: { file_path: path, content } }),
    shell: (command) => ({ name: 'run_shell_command', args: { command, description: 'Run the command' } }),
  },
  filesByMinute: true,
  model: /gemini-2\.5-flash/,
};
