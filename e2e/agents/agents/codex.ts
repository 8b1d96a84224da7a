import type { AgentUnderTest } from './agent-under-test.ts';

const REQUEST = { sandbox_permissions: 'require_escalated', justification: 'It has to leave the sandbox' };

export const codex: AgentUnderTest = {
  id: 'codex',
  name: 'Codex',
  packageName: '@agentclientprotocol/codex-acp',
  megabytes: { fetched: 190, installed: 460 },
  command: 'codex-acp',
  programs: ['.bin/codex-acp'],
  person: (modelUrl) => ({
    env: { OPENAI_API_KEY: 'scripted' },
    files: { '.codex/config.toml': config(modelUrl) },
  }),
  tools: {
    read: (path) => ({ name: 'exec_command', args: { cmd: `cat '${path}'` } }),
    edit: (path, from, to) => ({
      name: 'exec_command',
      args: { cmd: `sed -i 's/${from}/${to}/' '${path}'` },
    }),
    write: (path, text) => ({ name: 'exec_command', args: { cmd: `printf '%s' '${text}' > '${path}'` } }),
    shell: (cmd) => ({ name: 'exec_command', args: { cmd, ...REQUEST } }),
  },
  model: /probe/,
};

function config(modelUrl: string): string {
  return `model = "probe"
model_provider = "local"

[model_providers.local]
name = "Local"
base_url = "${modelUrl}/v1"
wire_api = "responses"
env_key = "OPENAI_API_KEY"
`;
}
