import { expect, it } from 'vitest';
import { chooseOption, mcpToolOf, PermissionRequest, permissionDetail } from './permission-request.ts';
import { toolItemOf } from './reduce-tool.ts';
import { reduceUpdate } from './reduce-update.ts';
import { EMPTY_TRANSCRIPT } from './transcript-state.ts';

const option = (optionId: string, kind: string) => ({ optionId, kind });

it.each([
  ['allow', [option('a', 'allow_always'), option('b', 'allow_once'), option('c', 'reject_once')], 'b'],
  ['deny', [option('a', 'allow_once'), option('b', 'reject_always'), option('c', 'reject_once')], 'c'],
  ['allow', [option('a', 'allow_always'), option('c', 'reject_once')], 'a'],
  ['deny', [option('a', 'allow_once'), option('b', 'reject_always')], 'b'],
] as const)('answers %s with the option of its kind', (decision, options, optionId) => {
  expect(chooseOption(options, decision)).toEqual({ outcome: 'selected', optionId });
});

it('never turns a refusal into a permission', () => {
  expect(chooseOption([option('reject', 'allow_once')], 'deny')).toEqual({ outcome: 'cancelled' });
  expect(chooseOption([option('allow', 'reject_once')], 'allow')).toEqual({ outcome: 'cancelled' });
});

it.each([
  ['quarterdeck_task_complete', 'quarterdeck/task_complete'],
  ['mcp__quarterdeck__task_show', 'quarterdeck/task_show'],
  ['mcp.quarterdeck.task_show', 'quarterdeck/task_show'],
  ['quarterdeck-task_block', 'quarterdeck/task_block'],
  ['mcp__github__create_issue', 'github/create_issue'],
  ['quarterdeck_task_complete; rm -rf /', null],
  ['mcp__quarterdeck__task_show && rm -rf /', null],
  ['ls', null],
])('reads the tool in %j', (name, expected) => {
  expect(mcpToolOf(name, null)).toBe(expected);
});

it('takes a shell command for a shell command, whatever its title', () => {
  const request = PermissionRequest.parse({
    sessionId: 's',
    toolCall: {
      toolCallId: 'c',
      kind: 'execute',
      title: 'mcp__quarterdeck__task_show',
      rawInput: { command: 'rm -rf /' },
    },
    options: [],
  });
  expect(permissionDetail(request, null)).toMatchObject({ command: 'rm -rf /', mcpTool: null });
});

it('finds the tool of a bare MCP approval in the call before it (Codex)', () => {
  const rawInput = { server: 'quarterdeck', tool: 'task_show', arguments: {} };
  const call = {
    sessionUpdate: 'tool_call',
    toolCallId: 'exec-1',
    title: 'mcp.quarterdeck.task_show',
    kind: 'execute',
    rawInput,
  };
  const state = reduceUpdate(EMPTY_TRANSCRIPT, call, 0)?.state ?? EMPTY_TRANSCRIPT;
  const request = PermissionRequest.parse({
    sessionId: 's',
    toolCall: { toolCallId: 'exec-1', kind: 'execute', status: 'pending' },
    _meta: { is_mcp_tool_approval: true },
    options: [],
  });
  expect(permissionDetail(request, toolItemOf(state, 'exec-1'))).toMatchObject({
    mcpTool: 'quarterdeck/task_show',
    command: null,
  });
});
