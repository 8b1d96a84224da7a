import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { loadProfiles } from './load-profiles.ts';
import { namedVariables } from './named-variables.ts';
import { passedVariables } from './passed-variables.ts';

async function builtin(id: string) {
  const { profiles } = await loadProfiles({ home: '/nowhere', demoAgentEntry: '/demo', nodePath: '/node' });
  const found = profiles.find((profile) => profile.id === id);
  if (found === undefined) throw new Error(`There is no built-in profile ${id}.`);
  return found;
}

it.each([
  [
    'claude',
    'ANTHROPIC_API_KEY ANTHROPIC_CUSTOM_HEADERS ANTHROPIC_DEFAULT_OPUS_MODEL ANTHROPIC_SMALL_FAST_MODEL',
  ],
  [
    'claude',
    'AWS_REGION AWS_PROFILE AWS_BEARER_TOKEN_BEDROCK CLAUDE_CODE_USE_BEDROCK CLAUDE_CODE_SKIP_BEDROCK_AUTH',
  ],
  [
    'claude',
    'CLOUD_ML_REGION ANTHROPIC_VERTEX_PROJECT_ID VERTEX_REGION_CLAUDE_HAIKU_4_5 GOOGLE_APPLICATION_CREDENTIALS',
  ],
  ['codex', 'OPENAI_API_KEY OPENAI_BASE_URL OPENAI_ORGANIZATION CODEX_API_KEY AZURE_OPENAI_API_KEY'],
  [
    'copilot',
    'COPILOT_PROVIDER_BEARER_TOKEN COPILOT_PROVIDER_API_KEY_COMMAND COPILOT_PROVIDER_AZURE_API_VERSION COPILOT_MODEL',
  ],
  [
    'gemini',
    'GEMINI_API_KEY GOOGLE_GENAI_USE_VERTEXAI GOOGLE_CLOUD_PROJECT GOOGLE_CLOUD_LOCATION GOOGLE_VERTEX_BASE_URL',
  ],
  ['qwen', 'OPENAI_API_KEY OPENAI_MODEL DASHSCOPE_API_KEY BAILIAN_CODING_PLAN_API_KEY'],
  ['opencode', 'ANTHROPIC_API_KEY OPENROUTER_API_KEY AWS_PROFILE AZURE_RESOURCE_NAME CLOUDFLARE_API_TOKEN'],
])('A15: %s gets the variables its documentation names: %s', async (id, names) => {
  const outer = Object.fromEntries(names.split(' ').map((name) => [name, 'x']));
  const { passEnv } = await builtin(id);
  expect(Object.keys(passedVariables(passEnv, outer)).sort()).toEqual(names.split(' ').sort());
});

const DANGEROUS = [
  'QUARTERDECK_TOKEN',
  'QUARTERDECK_DATABASE_URL',
  'LD_PRELOAD',
  'DYLD_INSERT_LIBRARIES',
  'NODE_OPTIONS',
  'BASH_ENV',
  'GIT_CONFIG_GLOBAL',
  'GIT_SSH_COMMAND',
  'PYTHONSTARTUP',
  'JAVA_TOOL_OPTIONS',
  'HOME',
  'XDG_CONFIG_HOME',
];

it.each(DANGEROUS)('A15: %s is never passed on, neither by name nor by pattern', (name) => {
  const patterns = [name, `${name.slice(0, 3)}*`, `${name}*`, '*'];
  expect(passedVariables(patterns, { [name]: 'x', OTHER: 'y' })).toEqual({});
});

it('A15: a profile that asks for one all the same works, and its file is named with the reason', async () => {
  const home = await mkdtemp(join(tmpdir(), 'quarterdeck-passed-'));
  await mkdir(join(home, 'profiles'));
  const mine = { id: 'mine', extends: 'codex', passEnv: ['NODE_OPTIONS', 'MY_KEY'] };
  await writeFile(join(home, 'profiles/mine.json'), JSON.stringify(mine));
  const loaded = await loadProfiles({ home, demoAgentEntry: '/demo', nodePath: '/node' });
  await rm(home, { recursive: true });
  expect(loaded.profiles.map(({ id }) => id)).toContain('mine');
  expect(loaded.problems).toMatchObject([
    { file: 'mine.json', reason: expect.stringContaining('NODE_OPTIONS') },
  ]);
});

it.each([
  [
    'codex',
    '.codex/config.toml',
    '[model_providers.a]\nenv_key = "A_KEY"\n# env_key = "OLD_KEY"\n[model_providers]\nb = { name = "b", env_key = \'B_KEY\' }\n[mcp_servers.x]\nbearer_token_env_var = "X_TOKEN"\n',
    ['A_KEY', 'B_KEY', 'X_TOKEN'],
  ],
  [
    'opencode',
    '.config/opencode/opencode.jsonc',
    '{ "apiKey": "{env:MY_KEY}", "b": "{env:OTHER}" } // x',
    ['MY_KEY', 'OTHER'],
  ],
  [
    'qwen',
    '.qwen/settings.json',
    '{ "modelProviders": { "openai": [{ "envKey": "ACME_KEY" }] } }',
    ['ACME_KEY'],
  ],
  [
    'gemini',
    '.gemini/settings.json',
    '{ "mcpServers": { "a": { "env": { "T": "$A_TOKEN", "U": "$B_TOKEN" } } } }',
    ['A_TOKEN', 'B_TOKEN'],
  ],
])('A15: the variables that the settings of %s name pass on too', async (id, file, text, names) => {
  const personHome = await mkdtemp(join(tmpdir(), 'quarterdeck-named-'));
  await mkdir(dirname(join(personHome, file)), { recursive: true });
  await writeFile(join(personHome, file), text);
  const found = await namedVariables(await builtin(id), personHome);
  await rm(personHome, { recursive: true });
  expect(found).toEqual(names);
});
