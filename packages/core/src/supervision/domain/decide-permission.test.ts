import { AGENT_TOOLS } from '@quarterdeck/contract/agent-tools';
import type { PermissionDetail } from '@quarterdeck/contract/proposal';
import { makeDetail } from '@quarterdeck/testkit/factories/make-proposal';
import { describe, expect, it } from 'vitest';
import { decidePermission } from './decide-permission.ts';
import type { PermissionRule } from './permission-rule.ts';

const ask = (detail: Partial<PermissionDetail>, rules: readonly PermissionRule[] = []) =>
  decidePermission(makeDetail({ command: null, ...detail }), { rules }).decision;

describe('what policy says of tools', () => {
  it.each(Object.keys(AGENT_TOOLS))('our own %s is allowed', (tool) => {
    expect(ask({ toolKind: 'other', mcpTool: `quarterdeck/${tool}` })).toBe('allow');
  });

  it.each([
    'quarterdeck/delete_everything',
    'quarterdeck/task_showx',
    'quarterdeck/task_',
    'evil/task_show',
    'mcp__quarterdeck__task_show',
    'quarterdeck_task_show',
    'quarterdeck/task_show; rm',
    'quarterdeck/task_show\n',
    'Quarterdeck/task_show',
  ])('S3: %j is asked', (mcpTool) => expect(ask({ toolKind: 'read', mcpTool })).toBe('ask'));

  it('S3: our own is asked when an older host named it, which believed what a call said of itself', () => {
    expect(ask({ toolKind: 'other', mcpTool: 'quarterdeck/task_show', places: null })).toBe('ask');
  });
});

describe('what policy says of files', () => {
  const at = (inside: string | null) => ({ paths: ['x'], places: [{ path: 'x', inside }] });

  it.each([
    ['edit', 'src/a.ts', 'allow'],
    ['delete', 'a.ts', 'allow'],
    ['move', 'b.ts', 'allow'],
    ['read', '', 'allow'],
    ['search', 'src', 'allow'],
    ['edit', '', 'ask'],
    ['delete', '', 'ask'],
    ['edit', null, 'ask'],
    ['read', null, 'ask'],
    ['search', null, 'ask'],
    ['think', null, 'ask'],
    ['edit', '.git', 'ask'],
    ['edit', '.git/hooks/pre-commit', 'ask'],
    ['edit', 'sub/.git/config', 'ask'],
    ['edit', '.GIT/hooks/pre-commit', 'ask'],
    ['edit', '.g\u200cit/config', 'ask'],
    ['edit', '.git./config', 'ask'],
    ['edit', '.git /config', 'ask'],
    ['edit', 'GIT~1/config', 'ask'],
    ['edit', '.git::$INDEX_ALLOCATION/config', 'ask'],
    ['edit', '．git/config', 'ask'],
    ['read', '.git/config', 'ask'],
    ['search', '.git', 'ask'],
    ['edit', '.gitignore', 'allow'],
    ['edit', '.github/workflows/ci.yml', 'allow'],
    ['edit', '.claude/settings.json', 'ask'],
    ['edit', 'sub/.CLAUDE/settings.local.json', 'ask'],
    ['edit', '.mcp.json', 'ask'],
    ['edit', '.codex/config.toml', 'ask'],
    ['edit', '.gemini/settings.json', 'ask'],
    ['edit', '.qwen/settings.json', 'ask'],
    ['edit', 'opencode.json', 'ask'],
    ['edit', '.opencode/plugin/x.ts', 'ask'],
    ['edit', '.vscode/mcp.json', 'ask'],
    ['move', '.vscode', 'ask'],
    ['edit', '.husky/pre-commit', 'ask'],
    ['read', '.claude/settings.json', 'allow'],
  ] as const)('S3: %s %j: %s', (toolKind, inside, decision) => {
    expect(ask({ toolKind, ...at(inside) })).toBe(decision);
  });

  it('S3: one place elsewhere is enough to ask, also when it is not among the paths', () => {
    const places = [
      { path: 'a.ts', inside: 'a.ts' },
      { path: '/etc/passwd', inside: null },
    ];
    for (const toolKind of ['edit', 'read', 'search'] as const)
      expect(ask({ toolKind, paths: ['a.ts'], places })).toBe('ask');
  });

  it.each(['edit', 'read', 'search', 'delete', 'move'] as const)(
    'S3: a %s that names no file is asked',
    (toolKind) => {
      expect(ask({ toolKind, paths: [] })).toBe('ask');
    },
  );

  it.each(['edit', 'read', 'think'] as const)(
    'S3: a %s of an older host, which did not look, is asked',
    (toolKind) => {
      expect(ask({ toolKind, paths: ['a.ts'], places: null })).toBe('ask');
    },
  );

  it('S3: reading that brings a change along is judged as a change', () => {
    const changes = [{ path: '.mcp.json', oldText: null, newText: '{}' }];
    expect(ask({ toolKind: 'read', ...at('.mcp.json'), changes })).toBe('ask');
    expect(ask({ toolKind: 'think', ...at('.mcp.json'), changes })).toBe('ask');
  });
});

describe('what policy says of the rest', () => {
  it.each(['execute', 'fetch', 'other', 'switch_mode'] as const)('F11: %s is asked', (toolKind) => {
    expect(ask({ toolKind })).toBe('ask');
    expect(ask({ toolKind, paths: ['a.ts'] })).toBe('ask');
  });

  it('thinking is allowed', () => expect(ask({ toolKind: 'think' })).toBe('allow'));

  it('a command is asked even when it calls itself reading', () => {
    expect(ask({ toolKind: 'read', command: 'cat a.ts', paths: ['a.ts'] })).toBe('ask');
  });

  const once = { id: 'a', name: 'Yes', kind: 'allow_once' };
  it.each([
    ['none at all', []],
    ['none that allows', [{ id: 'n', name: 'No', kind: 'reject_once' }]],
    ['only for ever', [{ id: 'b', name: 'Always', kind: 'allow_always' }]],
    ['of an unknown kind', [{ id: 'b', name: 'Blue', kind: 'colour' }]],
    ['two that differ', [once, { id: 'b', name: 'Yes, with review', kind: 'allow_once' }]],
  ])('F12: with options, %s, it is asked, whatever it is and whatever rule there is', (_, options) => {
    expect(ask({ toolKind: 'other', mcpTool: 'quarterdeck/task_show', options })).toBe('ask');
    expect(ask({ toolKind: 'edit', paths: ['a.ts'], options })).toBe('ask');
    expect(ask({ toolKind: 'execute', command: 'npm test', options }, [RULE])).toBe('ask');
  });

  it('F12: an option of an unknown kind beside a plain permission is not picked, the permission is', () => {
    const options = [{ id: 'b', name: 'Blue', kind: 'colour' }, once];
    expect(ask({ toolKind: 'edit', paths: ['a.ts'], options })).toBe('allow');
  });

  it('a rule of a person is said with their name', () => {
    expect(decidePermission(makeDetail(), { rules: [RULE] })).toEqual({
      decision: 'allow',
      because: 'allowed for this project by ada',
    });
    expect(ask({ toolKind: 'execute', command: 'npm publish' }, [RULE])).toBe('ask');
  });
});

const RULE: PermissionRule = {
  id: 'rule_1',
  scope: 'project',
  scopeId: 'p_general',
  pattern: { toolKind: 'execute', command: 'npm test', isPrefix: true, mcpTool: null },
  createdAt: 1,
  createdBy: 'ada',
};
