import { OPENCODE_VERSION } from '@quarterdeck/testkit/opencode/opencode-binary';
import type { AgentUnderTest } from './agent-under-test.ts';

const { platform, arch } = process;

export const opencode: AgentUnderTest = {
  id: 'opencode',
  name: 'opencode',
  packageName: 'opencode-ai',
  megabytes: { fetched: 110, installed: 360 },
  command: 'opencode',
  // Its own command is a placeholder until an install script has run.
  programs: [`opencode-${platform}-${arch}/bin/opencode`, `opencode-${platform}-${arch}-musl/bin/opencode`],
  person: (modelUrl) => ({
    files: { '.config/opencode/opencode.json': JSON.stringify(config(modelUrl)), ...afterFirstStart() },
  }),
  tools: {
    read: (filePath) => ({ name: 'read', args: { filePath } }),
    edit: (filePath, oldString, newString) => ({ name: 'edit', args: { filePath, oldString, newString } }),
    write: (filePath, content) => ({ name: 'write', args: { filePath, content } }),
    shell: (command) => ({ name: 'bash', args: { command, description: 'Run the command' } }),
  },
  model: /probe/,
};

/** Its first start with a network fetches a package for plugins; with these names in place it does not try again. */
function afterFirstStart(): Readonly<Record<string, string>> {
  const dependencies = { '@opencode-ai/plugin': OPENCODE_VERSION };
  return {
    '.config/opencode/package.json': JSON.stringify({ dependencies }),
    '.config/opencode/package-lock.json': JSON.stringify({ packages: { '': { dependencies } } }),
    '.config/opencode/node_modules/.keep': '',
  };
}

function config(modelUrl: string) {
  const probe = { name: 'Probe', limit: { context: 100_000, output: 8_000 }, tool_call: true };
  return {
    model: 'local/probe',
    // Without it the title is asked from another provider.
    small_model: 'local/probe',
    autoupdate: false,
    share: 'disabled',
    enabled_providers: ['local'],
    provider: {
      local: {
        npm: '@ai-sdk/openai-compatible',
        name: 'Local',
        options: { baseURL: `${modelUrl}/v1`, apiKey: 'scripted' },
        models: { probe, 'probe-large': { ...probe, name: 'Probe large' } },
      },
    },
  };
}
