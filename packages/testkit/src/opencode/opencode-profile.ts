import { Profile } from '@quarterdeck/contract/profile';
import { OPENCODE_VERSION, opencodeBinary } from './opencode-binary.ts';

const OFFLINE_ENV = {
  OPENCODE_DISABLE_MODELS_FETCH: '1',
  OPENCODE_DISABLE_AUTOUPDATE: '1',
  OPENCODE_DISABLE_LSP_DOWNLOAD: '1',
  OPENCODE_DISABLE_DEFAULT_PLUGINS: '1',
  OPENCODE_DISABLE_CLAUDE_CODE: '1',
  OPENCODE_DISABLE_SHARE: '1',
  OPENCODE_DISABLE_TERMINAL_TITLE: '1',
};

// biome-ignore lint/suspicious/noTemplateCurlyInString: whoever starts the agent fills this in.
const AGENT_HOME = '${home}';
const HOME_ENV = {
  HOME: AGENT_HOME,
  XDG_CONFIG_HOME: `${AGENT_HOME}/.config`,
  XDG_DATA_HOME: `${AGENT_HOME}/.local/share`,
  XDG_STATE_HOME: `${AGENT_HOME}/.local/state`,
  XDG_CACHE_HOME: `${AGENT_HOME}/.cache`,
  // Every start unpacks a library of 5 MB into the temporary folder and leaves it there.
  TMPDIR: `${AGENT_HOME}/.tmp`,
};

/**
 * The profile of a real opencode that talks to a scripted model server and to nothing else.
 * `modelUrl` is the server's URL without `/v1`. Throws when opencode is not installed.
 */
export function opencodeProfile({ modelUrl }: { readonly modelUrl: string }): Profile {
  const command = opencodeBinary();
  if (command === undefined) {
    throw new Error(`opencode ${OPENCODE_VERSION} is not installed for this machine. Run npm install.`);
  }
  return Profile.parse({
    id: 'opencode-scripted',
    name: 'opencode with a scripted model',
    initials: 'OC',
    command,
    args: ['acp'],
    env: { ...HOME_ENV, ...OFFLINE_ENV },
    files: {
      '.config/opencode/opencode.json': JSON.stringify(opencodeConfig(modelUrl), null, 2),
      ...pluginFiles(),
      '.tmp/.keep': '',
    },
    exit: 'close-input',
    quirks: { sideChannel: 'opencode' },
  });
}

// With a plugin configured, opencode waits at boot until npm has installed its plugin package into the config folder.
// It compares names only, so these files keep it from trying.
function pluginFiles() {
  const dependencies = { '@opencode-ai/plugin': OPENCODE_VERSION };
  return {
    '.config/opencode/package.json': JSON.stringify({ dependencies }),
    '.config/opencode/package-lock.json': JSON.stringify({ packages: { '': { dependencies } } }),
    '.config/opencode/node_modules/.keep': '',
  };
}

function opencodeConfig(modelUrl: string) {
  const probe = {
    name: 'Scripted model',
    limit: { context: 100_000, output: 8_000 },
    tool_call: true,
    reasoning: true,
    // US dollars per million tokens: an answer of 1000 tokens in and 50 out costs 0.0011.
    cost: { input: 1, output: 2 },
  };
  const options = { baseURL: `${modelUrl}/v1`, apiKey: 'scripted' };
  return {
    model: 'local/probe',
    // Without it the title is asked from another provider.
    small_model: 'local/probe',
    autoupdate: false,
    share: 'disabled',
    enabled_providers: ['local'],
    permission: { bash: 'ask', edit: 'ask' },
    provider: {
      local: { npm: '@ai-sdk/openai-compatible', name: 'Scripted', options, models: { probe } },
    },
  };
}
