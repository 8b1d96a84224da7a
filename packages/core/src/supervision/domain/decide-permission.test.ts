import type { PermissionDetail } from '@quarterdeck/contract/proposal';
import { makeDetail } from '@quarterdeck/testkit/factories/make-proposal';
import { describe, expect, it } from 'vitest';
import { decidePermission } from './decide-permission.ts';
import type { PermissionRule } from './permission-rule.ts';

const WORKSPACE = '/srv/space';
const ask = (detail: Partial<PermissionDetail>, rules: readonly PermissionRule[] = []) =>
  decidePermission(makeDetail({ command: null, ...detail }), { workspacePath: WORKSPACE, rules }).decision;

describe('what policy says of tools', () => {
  it.each([
    'quarterdeck_task_show',
    'mcp__quarterdeck__task_complete',
    'quarterdeck-task_show',
    'quarterdeck/task_show',
    'quarterdeck.task_request_review',
    'mcp_quarterdeck_task_show',
  ])('our own %s is allowed', (mcpTool) => expect(ask({ toolKind: 'other', mcpTool })).toBe('allow'));

  it.each([
    'quarterdeck_delete_everything',
    'mcp__evil__task_show',
    'evil_quarterdeck_task_show',
    'quarterdeck_task_show; rm',
    'quarterdeck_task_show\n',
    'notquarterdeck_task_show',
  ])('%j of somebody else is asked', (mcpTool) => expect(ask({ toolKind: 'read', mcpTool })).toBe('ask'));
});

describe('what policy says of files', () => {
  it.each([
    ['edit', 'src/a.ts', 'allow'],
    ['edit', `${WORKSPACE}/src/a.ts`, 'allow'],
    ['delete', './a.ts', 'allow'],
    ['move', 'a/../b.ts', 'allow'],
    ['read', WORKSPACE, 'allow'],
    ['edit', '../other/a.ts', 'ask'],
    ['edit', 'a/../../other/a.ts', 'ask'],
    ['edit', '/srv/space-2/a.ts', 'ask'],
    ['edit', '/etc/passwd', 'ask'],
    ['read', '/etc/passwd', 'ask'],
    ['edit', '.git/hooks/pre-commit', 'ask'],
    ['edit', 'sub/.git/config', 'ask'],
    ['edit', '.GIT/hooks/pre-commit', 'ask'],
    ['read', '.git/config', 'ask'],
    ['edit', '.gitignore', 'allow'],
    ['edit', '~/.bashrc', 'ask'],
    ['read', 'file:///etc/passwd', 'ask'],
  ] as const)('%s %s: %s', (toolKind, path, decision) => {
    expect(ask({ toolKind, paths: [path] })).toBe(decision);
  });

  it('one path outside is enough to ask', () => {
    expect(ask({ toolKind: 'edit', paths: ['a.ts', '/etc/passwd'] })).toBe('ask');
  });

  it('a change that names no file is asked, a search is not', () => {
    expect(ask({ toolKind: 'edit', paths: [] })).toBe('ask');
    expect(ask({ toolKind: 'search', paths: [] })).toBe('allow');
  });

  it('nothing is inside of a workspace that is not there yet', () => {
    const detail = makeDetail({ command: null, toolKind: 'edit', paths: ['a.ts'] });
    expect(decidePermission(detail, { workspacePath: null, rules: [] }).decision).toBe('ask');
  });
});

describe('what policy says of the rest', () => {
  it.each(['execute', 'fetch', 'other'] as const)('%s is asked', (toolKind) => {
    expect(ask({ toolKind })).toBe('ask');
  });

  it('a command is asked even when it calls itself reading', () => {
    expect(ask({ toolKind: 'read', command: 'cat a.ts', paths: ['a.ts'] })).toBe('ask');
  });

  it('a rule of a person is said with their name', () => {
    const rule: PermissionRule = {
      id: 'rule_1',
      scope: 'project',
      scopeId: 'p_general',
      pattern: { toolKind: 'execute', command: 'npm test', isPrefix: true, mcpTool: null },
      createdAt: 1,
      createdBy: 'ada',
    };
    expect(decidePermission(makeDetail(), { workspacePath: null, rules: [rule] })).toEqual({
      decision: 'allow',
      because: 'allowed for this project by ada',
    });
    expect(ask({ toolKind: 'execute', command: 'npm publish' }, [rule])).toBe('ask');
  });
});
