import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { loadProfiles } from '../profiles/load-profiles.ts';
import { readLogin } from './read-login.ts';

const NOW = Date.UTC(2026, 10, 28);
const jwt = (claims: object) => `h.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.s`;
const claude = (oauth: object) => JSON.stringify({ claudeAiOauth: oauth });
const codex = (tokens: object) => JSON.stringify({ tokens });
const LOCAL = 'model_provider = "local"\n[model_providers.local]\nbase_url = "http://127.0.0.1:11434/v1"\n';

it.each([
  ['claude', 'no file', {}, 'missing'],
  ['claude', 'a token for later', { '.claude/.credentials.json': claude({ expiresAt: NOW + 1 }) }, 'present'],
  ['claude', 'an expired token', { '.claude/.credentials.json': claude({ expiresAt: 1 }) }, 'expired'],
  [
    'claude',
    'an expired token that is renewed',
    { '.claude/.credentials.json': claude({ expiresAt: 1, refreshToken: 'r' }) },
    'present',
  ],
  [
    'claude',
    'an expired token with an empty renewal',
    { '.claude/.credentials.json': claude({ expiresAt: 1, refreshToken: '' }) },
    'expired',
  ],
  ['claude', 'a file it cannot read', { '.claude/.credentials.json': 'sealed' }, 'present'],
  ['claude', 'settings without a key', { '.claude/settings.json': '{"theme":"dark"}' }, 'missing'],
  [
    'claude',
    'a helper that gives keys',
    { '.claude/settings.json': '{"apiKeyHelper":"/bin/key"}' },
    'present',
  ],
  [
    'codex',
    'an expired web token',
    { '.codex/auth.json': codex({ access_token: jwt({ exp: NOW / 1000 - 1 }) }) },
    'expired',
  ],
  [
    'codex',
    'a web token for later',
    { '.codex/auth.json': codex({ access_token: jwt({ exp: NOW / 1000 + 1 }) }) },
    'present',
  ],
  [
    'codex',
    'an expired web token that is renewed',
    { '.codex/auth.json': codex({ access_token: jwt({ exp: 1 }), refresh_token: 'r' }) },
    'present',
  ],
  ['codex', 'an API key', { '.codex/auth.json': '{"OPENAI_API_KEY":"sk"}' }, 'present'],
  ['codex', 'a local model', { '.codex/config.toml': LOCAL }, 'present'],
  [
    'codex',
    'a provider whose key is not set',
    { '.codex/config.toml': `${LOCAL}env_key = "MY_KEY"\n` },
    'missing',
  ],
  ['codex', 'settings without a provider', { '.codex/config.toml': 'model = "x"\n' }, 'missing'],
  ['qwen', 'any settings', { '.qwen/settings.json': '{"ui":{}}' }, 'missing'],
  [
    'qwen',
    'a chosen provider',
    { '.qwen/settings.json': '{"security":{"auth":{"selectedType":"openai"}}}' },
    'present',
  ],
  [
    'copilot',
    'what its first start leaves',
    { '.copilot/config.json': '{"firstLaunchAt":"2026-11-28"}' },
    'missing',
  ],
  ['copilot', 'a user', { '.copilot/config.json': '{"loggedInUsers":[{"login":"ada"}]}' }, 'present'],
  [
    'opencode',
    'settings without a provider',
    { '.config/opencode/opencode.json': '{"theme":"x"}' },
    'missing',
  ],
  [
    'opencode',
    'a local provider',
    { '.config/opencode/opencode.json': '{"provider":{"local":{}}}' },
    'present',
  ],
  ['opencode', 'an emptied key file', { '.local/share/opencode/auth.json': '{}' }, 'missing'],
  ['demo', 'nothing', {}, 'unneeded'],
])('A18: %s with %s is known as it is', async (id, _, files, expected) => {
  expect(await loginOf(id, files)).toBe(expected);
});

it('A15: a provider whose own key is set counts as a login', async () => {
  const files = { '.codex/config.toml': `${LOCAL}env_key = "MY_KEY"\n` };
  expect(await loginOf('codex', files, { MY_KEY: 'k' })).toBe('present');
  expect(await loginOf('codex', files, { MY_KEY: '' })).toBe('missing');
});

async function loginOf(
  id: string,
  files: Readonly<Record<string, string | undefined>>,
  env: Readonly<Record<string, string>> = {},
) {
  const { profiles } = await loadProfiles({ home: '/nowhere', demoAgentEntry: '/demo', nodePath: '/node' });
  const profile = profiles.find((it) => it.id === id);
  if (profile === undefined) throw new Error(`There is no profile ${id}.`);
  const personHome = await mkdtemp(join(tmpdir(), 'quarterdeck-login-'));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(personHome, path)), { recursive: true });
    await writeFile(join(personHome, path), text ?? '');
  }
  const state = await readLogin(profile, { env, personHome, now: NOW });
  await rm(personHome, { recursive: true });
  return state;
}
