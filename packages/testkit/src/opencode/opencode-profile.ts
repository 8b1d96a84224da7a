import { OPENCODE_VERSION } from './opencode-binary.ts';

/** Where the local model's prices come from, in US dollars per million tokens. */
const COST = { input: 1, output: 2 };

/** What it takes to start a program in its own home. File paths are relative to that home. */
export interface AgentLaunch {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly files: readonly { readonly path: string; readonly text: string }[];
  readonly folders: readonly string[];
}

/**
 * Starts `opencode acp` without any network but the model server. `modelUrl` has no `/v1`.
 * Set HOME to the folder the files are written to; the XDG variables are given for the same folder.
 */
export function opencodeProfile(options: {
  readonly modelUrl: string;
  readonly home: string;
  readonly password: string;
  readonly port?: number;
}): AgentLaunch {
  const port = options.port === undefined ? [] : ['--port', String(options.port)];
  return {
    args: ['acp', ...port],
    env: { ...homeEnv(options.home), ...OFFLINE_ENV, OPENCODE_SERVER_PASSWORD: options.password },
    files: [
      { path: '.config/opencode/opencode.json', text: JSON.stringify(opencodeConfig(options.modelUrl), null, 2) },
      ...PRESEEDED_FILES,
    ],
    folders: ['.config/opencode/node_modules', '.local/share', '.local/state', '.cache'],
  };
}

const OFFLINE_ENV: Readonly<Record<string, string>> = {
  OPENCODE_DISABLE_MODELS_FETCH: '1',
  OPENCODE_DISABLE_AUTOUPDATE: '1',
  OPENCODE_DISABLE_LSP_DOWNLOAD: '1',
  OPENCODE_DISABLE_DEFAULT_PLUGINS: '1',
  OPENCODE_DISABLE_CLAUDE_CODE: '1',
  OPENCODE_DISABLE_SHARE: '1',
  OPENCODE_DISABLE_TERMINAL_TITLE: '1',
};

// opencode installs its plugin package into every config folder at boot and waits for npm. It compares names
// only, so these two files and an empty node_modules keep it from trying.
const PLUGIN = { '@opencode-ai/plugin': OPENCODE_VERSION };
const PRESEEDED_FILES = [
  { path: '.config/opencode/package.json', text: JSON.stringify({ dependencies: PLUGIN }) },
  {
    path: '.config/opencode/package-lock.json',
    text: JSON.stringify({ packages: { '': { dependencies: PLUGIN } } }),
  },
];

function homeEnv(home: string): Readonly<Record<string, string>> {
  return {
    HOME: home,
    XDG_CONFIG_HOME: `${home}/.config`,
    XDG_DATA_HOME: `${home}/.local/share`,
    XDG_STATE_HOME: `${home}/.local/state`,
    XDG_CACHE_HOME: `${home}/.cache`,
  };
}

function opencodeConfig(modelUrl: string) {
  const probe = {
    name: 'Scripted model',
    limit: { context: 100_000, output: 8_000 },
    tool_call: true,
    reasoning: true,
    cost: COST,
  };
  return {
    model: 'local/probe',
    small_model: 'local/probe',
    autoupdate: false,
    share: 'disabled',
    enabled_providers: ['local'],
    permission: { bash: 'ask', edit: 'ask' },
    provider: {
      local: {
        npm: '@ai-sdk/openai-compatible',
        name: 'Scripted',
        options: { baseURL: `${modelUrl}/v1`, apiKey: 'scripted' },
        models: { probe },
      },
    },
  };
}
