import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AGENT_TOOLS, MCP_SERVER_NAME } from '@quarterdeck/contract/agent-tools';
import { expect, it, test } from 'vitest';
import { z } from 'zod';
import { loadProfiles } from './load-profiles.ts';

const LAUNCH = { demoAgentEntry: '/opt/demo-agent.mjs', nodePath: '/opt/node' };

async function homeWith(files: Readonly<Record<string, string>>) {
  const home = await mkdtemp(join(tmpdir(), 'quarterdeck-profiles-'));
  await mkdir(join(home, 'profiles'));
  for (const [name, content] of Object.entries(files)) await writeFile(join(home, 'profiles', name), content);
  return { home, [Symbol.asyncDispose]: () => rm(home, { recursive: true }) };
}

test('without files of the person the eight built-in profiles are there', async () => {
  const loaded = await loadProfiles({ ...LAUNCH, home: '/nowhere' });
  expect(loaded.profiles.map((profile) => profile.id)).toEqual([
    'demo',
    'opencode',
    'claude',
    'codex',
    'gemini',
    'qwen',
    'copilot',
    'opencode2',
  ]);
  expect(loaded.profiles[0]).toMatchObject({ command: '/opt/node', args: ['/opt/demo-agent.mjs'] });
  expect(loaded.problems).toEqual([]);
});

test('nothing that is written into a home is also linked or copied there', async () => {
  const { profiles } = await loadProfiles({ ...LAUNCH, home: '/nowhere' });
  for (const { files, link, copy } of profiles) {
    expect(
      Object.keys(files).filter((path) =>
        [...link, ...copy].some((linked) => path === linked || path.startsWith(`${linked}/`)),
      ),
    ).toEqual([]);
  }
});

test('profiles of the person are added, and one with a known id replaces the built-in', async () => {
  await using made = await homeWith({
    'mine.json': JSON.stringify({ id: 'mine', name: 'Mine', initials: 'MI', command: 'mine' }),
    'codex.json': JSON.stringify({
      id: 'codex',
      name: 'My Codex',
      initials: 'CX',
      command: 'codex-acp',
      maxConcurrentRuns: 7,
    }),
    'notes.txt': 'not a profile',
  });
  const { profiles, problems } = await loadProfiles({ ...LAUNCH, home: made.home });
  expect(problems).toEqual([]);
  expect(profiles).toHaveLength(9);
  expect(profiles.find((profile) => profile.id === 'codex')).toMatchObject({
    name: 'My Codex',
    maxConcurrentRuns: 7,
  });
  expect(profiles.find((profile) => profile.id === 'mine')).toMatchObject({ maxConcurrentRuns: 2 });
});

test('a bad file is named with its reason and stops nothing', async () => {
  const mine = { id: 'mine', name: 'Mine', initials: 'MI', command: 'mine' };
  await using made = await homeWith({
    'a.json': JSON.stringify(mine),
    'b.json': JSON.stringify(mine),
    'broken.json': '{',
    'shape.json': JSON.stringify({ ...mine, id: 'Not An Id', comand: 'typo' }),
  });
  const { profiles, problems } = await loadProfiles({ ...LAUNCH, home: made.home });
  expect(profiles).toHaveLength(9);
  expect(problems.map((problem) => problem.file)).toEqual(['b.json', 'broken.json', 'shape.json']);
  expect(problems[0]?.reason).toContain('a.json already defines');
  expect(problems[2]?.reason).toMatch(/small letters, digits and dashes.*id|comand/);
});

it('A5: Qwen shows its model every tool of the board', async () => {
  const { profiles } = await loadProfiles({ ...LAUNCH, home: '/nowhere' });
  const settings = JSON.parse(
    profiles.find(({ id }) => id === 'qwen')?.files['.qwen/quarterdeck-settings.json'] ?? '{}',
  );
  expect(settings.tools.visible).toEqual(
    Object.keys(AGENT_TOOLS).map((tool) => `mcp__${MCP_SERVER_NAME}__${tool}`),
  );
});

it.each([
  ['claude', 'default'],
  ['codex', 'workspace-write'],
  ['gemini', 'default'],
  ['qwen', 'default'],
  ['copilot', 'https://agentclientprotocol.com/protocol/session-modes#agent'],
  ['opencode', 'build'],
])(
  'A1: %s works in the mode %s, in which a person is asked, whatever the settings of a person say',
  async (id, mode) => {
    const { profiles } = await loadProfiles({ ...LAUNCH, home: '/nowhere' });
    expect(profiles.find((profile) => profile.id === id)?.options).toContainEqual({
      id: 'mode',
      value: mode,
    });
  },
);

it('A1: Claude reads no rules that an agent can write itself, and asks whatever other rules allow', async () => {
  const { profiles } = await loadProfiles({ ...LAUNCH, home: '/nowhere' });
  const claude = profiles.find(({ id }) => id === 'claude');
  const options = z
    .object({
      settingSources: z.array(z.string()),
      settings: z.object({ permissions: z.object({ ask: z.array(z.string()) }) }),
    })
    .parse(Reflect.get(Object(claude?.sessionMeta['claudeCode']), 'options'));
  expect(options.settingSources).not.toContain('local');
  expect(options.settings.permissions.ask).toEqual(
    expect.arrayContaining(['Bash', 'Edit', 'Write', 'WebFetch']),
  );
});
