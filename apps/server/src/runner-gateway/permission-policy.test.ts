import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PermissionRequest, permissionDetail } from '@quarterdeck/agent/acp/permission-request';
import { lookUpPlace } from '@quarterdeck/agent/host/look-up-place';
import { builtinProfiles } from '@quarterdeck/agent/profiles/builtin-profiles';
import { AGENT_TOOLS } from '@quarterdeck/contract/agent-tools';
import { raisePermission } from '@quarterdeck/core/supervision';
import { openTestBoard } from '@quarterdeck/testkit/factories/open-test-board';
import { change } from '@quarterdeck/testkit/store/change';
import fc from 'fast-check';
import { expect, it } from 'vitest';

// From what an agent sends to what policy says of it: the two halves are in two processes and have to fit.

const PROFILES = builtinProfiles({ demoAgentEntry: '/demo.mjs', nodePath: '/node' });
const OPTIONS = [
  { optionId: 'y', name: 'Yes', kind: 'allow_once' },
  { optionId: 'n', name: 'No', kind: 'reject_once' },
];

const TRICKS: readonly (readonly [string, object])[] = [
  [
    'fetch of an address',
    { kind: 'fetch', rawInput: { url: 'https://evil.example', server: 'quarterdeck', tool: 'task_show' } },
  ],
  [
    'edit elsewhere',
    { kind: 'edit', rawInput: { file_path: '/etc/passwd', server: 'quarterdeck', tool: 'task_show' } },
  ],
  [
    'shell of another name',
    { kind: 'execute', rawInput: { line: 'rm -rf ~', server: 'quarterdeck', tool: 'task_show' } },
  ],
  [
    'command of the kind other',
    { kind: 'other', rawInput: { command: 'rm', server: 'quarterdeck', tool: 'task_show' } },
  ],
  ['tool behind a gateway', { kind: 'other', rawInput: { server: 'github', tool: 'delete_repo' } }],
  [
    'edit elsewhere called like our tool',
    { kind: 'edit', title: 'mcp__quarterdeck__task_show', locations: [{ path: '/etc/x' }] },
  ],
  ['tool that begins like ours', { kind: 'other', title: 'mcp__quarterdeck__task_evil' }],
  ['read without a place', { kind: 'read', rawInput: { limit: 3 } }],
  ['search without a place', { kind: 'search', title: 'grep' }],
  ['read whose place is in its input only', { kind: 'read', rawInput: { file_path: '/root/.ssh/id_rsa' } }],
  ['change of mode', { kind: 'switch_mode', title: 'Ready to code?', rawInput: { plan: 'x' } }],
  ['change to a mode that asks nothing', { kind: 'switch_mode', rawInput: { mode: 'bypassPermissions' } }],
  [
    'edit inside whose input names a file elsewhere',
    { kind: 'edit', locations: [{ path: 'src/a.ts' }], rawInput: { file_path: '/etc/passwd' } },
  ],
  ['edit through a link', { kind: 'edit', locations: [{ path: 'link/x' }] }],
  ['edit through a link to nothing yet', { kind: 'edit', locations: [{ path: 'hanging' }] }],
];

async function openWorld() {
  const folder = await mkdtemp(join(tmpdir(), 'quarterdeck-policy-'));
  const space = join(folder, 'space');
  await mkdir(join(space, 'src'), { recursive: true });
  await mkdir(join(folder, 'secret'));
  await symlink('../secret', join(space, 'link'));
  await symlink('../secret/new', join(space, 'hanging'));
  const board = await openTestBoard('sqlite');
  const run = await board.addClaimed();
  let count = 0;
  const isAllowed = async (profile: string, toolCall: object, meta: object = {}): Promise<boolean> => {
    const requests = PROFILES.find(({ id }) => id === profile)?.requests ?? {
      toolNames: [],
      isTitleCommand: false,
    };
    const request = PermissionRequest.parse({
      sessionId: 's',
      toolCall: { toolCallId: 'c', ...toolCall },
      options: OPTIONS,
      _meta: meta,
    });
    const lookUp = (path: string) => lookUpPlace({ workspacePath: space, subfolder: '' }, path);
    const detail = permissionDetail({ requests, lookUp }, request, null);
    count += 1;
    const { ids, clock } = board;
    const raised = await change(board.db, (ports) =>
      raisePermission({ ...ports, ids }, { run, requestId: `q${count}`, detail, now: clock.now() }),
    );
    return raised.outcome === 'allowed';
  };
  return {
    isAllowed,
    space,
    [Symbol.asyncDispose]: async () => {
      await board[Symbol.asyncDispose]();
      await rm(folder, { recursive: true });
    },
  };
}

/** Ways to name a place that is not in the workspace, or is git's. */
const ELSEWHERE =
  `/etc/passwd ~/.ssh/id_rsa ../secret src/../../x link/key hanging file:///etc/passwd C:\\x \\\\srv\\x $HOME/x
/etc/* src/../link/x .git/config a/.GIT/hooks/x https://x.y/z SPACE/../secret/x SPACE/link/x SPACE-2/x {src,/etc}/x b,/etc/x`
    .split(/\s+/)
    .concat(
      'a /etc/x',
      '*** Update File: /etc/x\n@@\n',
      '--- a/x\n+++ ../../x\n@@ @@\n',
      'x\n/etc/passwd',
      '{"p":"/etc/x"}',
    );
const NAMES = ['path', 'file_path', 'target', 'zzz', 'files', 'args', 'edits', 'pattern', 'cwd', 'to'];
const KINDS = ['read', 'edit', 'search', 'delete', 'move', 'think', 'other', 'fetch', 'execute', 'new_kind'];

/** Calls of any agent that name such a place somewhere, beside one that is fine. */
function callsWithPlace(space: string) {
  const places = fc.constantFrom(...ELSEWHERE.map((place) => place.replace('SPACE', space)));
  const way = fc.array(fc.constantFrom('in', 'list', 'edits', '0'), { maxLength: 4 });
  const input = fc.tuple(fc.constantFrom(...NAMES), places, way).map(([key, value, steps]) =>
    steps.reduce<object>((inner, step) => ({ [step]: step === 'list' ? [inner] : inner }), {
      [key]: key === 'files' ? ['src/a.ts', value] : value,
    }),
  );
  return fc.record({
    profile: fc.constantFrom(...PROFILES.map(({ id }) => id), 'mine'),
    kind: fc.constantFrom(...KINDS),
    title: fc.constantFrom('x', 'task_show', 'quarterdeck/task_show', 'Read src/a.ts', '{}'),
    rawInput: input.map((wild) => ({
      file_path: 'src/a.ts',
      server: 'quarterdeck',
      tool: 'task_show',
      ...wild,
    })),
    locations: fc.constantFrom([{ path: 'src/a.ts' }], []),
  });
}

it('S3: no request that names a place elsewhere, or is not exactly a tool of ours, is allowed without a person', async () => {
  await using world = await openWorld();
  await fc.assert(
    fc.asyncProperty(
      callsWithPlace(world.space),
      async ({ profile, ...toolCall }) => !(await world.isAllowed(profile, toolCall)),
    ),
    { numRuns: 300 },
  );
});

it.each(TRICKS)('S3, F11: a %s is asked, whoever asks', async (_, toolCall) => {
  await using world = await openWorld();
  for (const { id } of PROFILES) expect([id, await world.isAllowed(id, toolCall)]).toEqual([id, false]);
});

it('what an honest agent does inside is allowed', async () => {
  await using world = await openWorld();
  const file = join(world.space, 'src/a.ts');
  const honest = [
    {
      kind: 'read',
      title: `Read ${file}`,
      rawInput: { file_path: file, limit: 20 },
      locations: [{ path: file, line: 1 }],
    },
    {
      kind: 'edit',
      locations: [{ path: file }],
      rawInput: { file_path: file, old_string: '// a', new_string: 'import "../b"; // see /etc/hosts' },
      content: [{ type: 'diff', path: file, oldText: '// a', newText: 'b' }],
    },
    { kind: 'search', rawInput: { path: world.space, pattern: 'function \\w+' } },
    {
      kind: 'edit',
      rawInput: { patch: '*** Begin Patch\n*** Add File: src/new.ts\n+import "../x";\n*** End Patch' },
    },
    { kind: 'think', title: 'Look into it', rawInput: { prompt: 'See /etc' } },
  ];
  for (const toolCall of honest) expect(await world.isAllowed('claude', toolCall)).toBe(true);
  for (const tool of Object.keys(AGENT_TOOLS))
    expect(await world.isAllowed('claude', { kind: 'other', title: `mcp__quarterdeck__${tool}` })).toBe(true);
});
