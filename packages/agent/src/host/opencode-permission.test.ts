import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { opencodePermission } from './opencode-permission.ts';

async function permissionWith(settings: string | null, name = 'opencode.json') {
  const home = await mkdtemp(join(tmpdir(), 'quarterdeck-permission-'));
  try {
    await mkdir(join(home, '.config/opencode'), { recursive: true });
    if (settings !== null) await writeFile(join(home, '.config/opencode', name), settings);
    const { OPENCODE_PERMISSION = '', OPENCODE_CONFIG_CONTENT = '' } = await opencodePermission(home);
    return { general: JSON.parse(OPENCODE_PERMISSION), config: JSON.parse(OPENCODE_CONFIG_CONTENT) };
  } finally {
    await rm(home, { recursive: true });
  }
}

it.each([
  ['no settings', null, 'ask'],
  ['nothing about it', {}, 'ask'],
  ['everything allowed', { permission: 'allow' }, 'ask'],
  ['it allowed', { permission: { bash: 'allow' } }, 'ask'],
  ['it denied', { permission: { bash: 'deny' } }, 'deny'],
  ['everything denied', { permission: 'deny' }, 'deny'],
  ['everything denied by pattern', { permission: { '*': 'deny' } }, 'deny'],
  [
    'everything denied, then it asked for',
    { permission: { '*': 'deny', bash: { 'ls *': 'ask' } } },
    { '*': 'deny', 'ls *': 'ask' },
  ],
  [
    'some of it denied',
    { permission: { bash: { '*': 'allow', 'rm *': 'deny' } } },
    { '*': 'ask', 'rm *': 'deny' },
  ],
  [
    'some of it denied, before a general allow',
    { permission: { bash: { 'rm *': 'deny', '*': 'allow' } } },
    { '*': 'ask', 'rm *': 'deny' },
  ],
  [
    'all of it denied but one command',
    { permission: { bash: { '*': 'deny', 'git status': 'allow' } } },
    { '*': 'deny', 'git status': 'ask' },
  ],
  ['the tool switched off', { tools: { bash: false } }, 'deny'],
  ['nonsense', { permission: 7, tools: [] }, 'ask'],
])('A6: opencode asks, and what a person denies stays denied: %s', async (_, settings, bash) => {
  const { general, config } = await permissionWith(settings && JSON.stringify(settings));
  expect(general.bash).toEqual(bash);
  for (const agent of ['build', 'plan', 'general', 'explore'])
    expect(config.agent[agent].permission.bash, agent).toEqual(bash);
  expect(config.mode.build.permission.bash).toEqual(bash);
});

it('A6: asks about every kind of request that changes something or reaches out, and about helpers it does not know', async () => {
  const { general } = await permissionWith(null);
  const { task, ...rest } = general;
  expect(Object.keys(rest).sort()).toEqual(
    ['bash', 'doom_loop', 'edit', 'external_directory', 'skill', 'webfetch', 'websearch'].sort(),
  );
  expect(new Set(Object.values(rest))).toEqual(new Set(['ask']));
  expect(task).toEqual({ '*': 'ask', general: 'allow', explore: 'allow' });
});

it('A6: a denial for one agent holds for that agent, also in a file with comments', async () => {
  const settings = `{
    // "edit": "deny" is what the next line says, "https://example.org" stays
    "agent": { "build": { "permission": { "edit": "deny", }, }, }, /* the end */
  }`;
  const { general, config } = await permissionWith(settings, 'opencode.jsonc');
  expect([general.edit, config.agent.build.permission.edit, config.agent.general.permission.edit]).toEqual([
    'ask',
    'deny',
    'ask',
  ]);
});
