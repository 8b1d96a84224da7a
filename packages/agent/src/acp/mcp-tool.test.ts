import { AGENT_TOOLS } from '@quarterdeck/contract/agent-tools';
import { describe, expect, it } from 'vitest';
import { type Asking, askAs } from './testing/ask-as.ts';

const tools = Object.keys(AGENT_TOOLS);

/** How each agent asks for one of our tools, as it was measured with its real program. */
const FORMS: Readonly<Record<string, (tool: string, server?: string) => Asking>> = {
  claude: (tool, server = 'quarterdeck') => ({
    before: [{ title: `mcp__${server}__${tool}`, kind: 'other', rawInput: {}, status: 'pending' }],
    toolCall: {
      name: `mcp__${server}__${tool}`,
      title: `mcp__${server}__${tool}`,
      kind: 'other',
      rawInput: { summary: 'Wrote /etc/motd' },
    },
  }),
  codex: (tool, server = 'quarterdeck') => ({
    before: [
      {
        title: `mcp.${server}.${tool}`,
        kind: 'execute',
        rawInput: { server, tool, arguments: { body: '/etc' } },
      },
    ],
    toolCall: { kind: 'execute', status: 'pending' },
    meta: { is_mcp_tool_approval: true },
  }),
  gemini: (tool, server = 'quarterdeck') => ({
    toolCall: {
      title: `${tool} (${server} MCP Server)`,
      kind: 'other',
      status: 'pending',
      locations: [],
      content: [{ type: 'content', content: { type: 'text', text: '{"summary":"done"}' } }],
    },
  }),
  qwen: (tool, server = 'quarterdeck') => {
    const rawInput = { name: `mcp__${server}__${tool}`, arguments: { summary: 'done' } };
    return {
      before: [{ title: 'ToolCall', kind: 'other', rawInput }],
      toolCall: { title: '{"summary":"done"}', kind: 'other', rawInput },
    };
  },
  copilot: (tool, server = 'quarterdeck') => ({
    before: [{ title: `${server}-${tool}`, kind: 'other', rawInput: {} }],
    toolCall: { title: tool, kind: 'other', rawInput: {} },
  }),
  opencode: (tool, server = 'quarterdeck') => ({
    before: [{ title: `${server}_${tool}`, kind: 'other', rawInput: {} }],
    toolCall: { title: `${server}_${tool}`, kind: 'other', rawInput: {}, locations: [] },
  }),
  demo: (tool, server = 'quarterdeck') => ({ toolCall: { title: `${server}_${tool}`, kind: 'other' } }),
};
const AGENTS = Object.entries(FORMS);

describe.each(AGENTS)('A3: a request of %s', (agent, form) => {
  it.each(tools)('for %s is known as ours, and its title is the tool', (tool) => {
    expect(askAs(agent, form(tool))).toMatchObject({
      mcpTool: `quarterdeck/${tool}`,
      title: `quarterdeck/${tool}`,
      command: null,
    });
  });

  it.each(['task_showx', 'xtask_show', 'task_', 'TASK_SHOW', 'task_show ', 'task_evil'])(
    'for %j is not',
    (tool) =>
      expect(tools.map((own) => `quarterdeck/${own}`)).not.toContain(askAs(agent, form(tool)).mcpTool),
  );

  it.each(['evil', 'quarterdeck2', 'xquarterdeck', 'Quarterdeck'])(
    'for task_show of the server %s is not',
    (server) => expect(askAs(agent, form('task_show', server)).mcpTool).not.toBe('quarterdeck/task_show'),
  );

  it.each(['edit', 'delete', 'move', 'fetch', 'read', 'think', 'switch_mode', 'a_kind_of_next_year', 7])(
    'S3: with the kind %j is not',
    (kind) => {
      const asking = form('task_show');
      expect(askAs(agent, { ...asking, toolCall: { ...asking.toolCall, kind } }).mcpTool).toBeNull();
    },
  );

  it.each([
    ['a place', { locations: [{ path: 'a.ts' }] }],
    ['a change', { content: [{ type: 'diff', path: 'a.ts', oldText: null, newText: 'x' }] }],
    ['a command', { rawInput: { command: 'rm -rf ~' } }],
    ['a command of another name', { rawInput: { cmd: ['rm'] } }],
  ])('S3: with %s is not', (_, extra) => {
    const asking = form('task_show');
    expect(askAs(agent, { ...asking, toolCall: { ...asking.toolCall, ...extra } }).mcpTool).toBeNull();
  });

  it('in the words of a profile that says nothing is not', () => {
    expect(askAs('mine', form('task_show')).mcpTool).toBeNull();
  });

  it.each(AGENTS.filter(([other]) => other !== agent))('S3: in the form of %s is not', (other, foreign) => {
    const asking = foreign('task_show');
    const shared = [
      ['claude', 'qwen'],
      ['opencode', 'demo'],
    ].some((pair) => pair.includes(agent) && pair.includes(other));
    if (!shared) expect(askAs(agent, asking).mcpTool).not.toBe('quarterdeck/task_show');
  });
});

const FORGED: readonly (readonly [string, string, Asking])[] = [
  ...['claude', 'codex', 'gemini', 'qwen', 'copilot', 'opencode', 'demo', 'mine'].flatMap((agent) =>
    ['fetch', 'edit', 'execute', 'other', 'read'].map(
      (kind) =>
        [
          agent,
          `two arguments of a ${kind}`,
          { toolCall: { title: 'x', kind, rawInput: { server: 'quarterdeck', tool: 'task_show' } } },
        ] as const,
    ),
  ),
  [
    'codex',
    'the flag without a call before it',
    {
      toolCall: { kind: 'execute', rawInput: { server: 'quarterdeck', tool: 'task_show' } },
      meta: { is_mcp_tool_approval: true },
    },
  ],
  [
    'codex',
    'the title without the flag',
    { before: [{ title: 'mcp.quarterdeck.task_show', kind: 'execute' }], toolCall: { kind: 'execute' } },
  ],
  [
    'codex',
    'a command that is called so',
    {
      before: [{ title: 'mcp.quarterdeck.task_show', kind: 'execute', rawInput: { command: ['evil'] } }],
      toolCall: { kind: 'execute' },
      meta: { is_mcp_tool_approval: true },
    },
  ],
  [
    'codex',
    'a call whose arguments name another server',
    {
      before: [
        {
          title: 'mcp.quarterdeck.task_show',
          kind: 'execute',
          rawInput: { server: 'evil', tool: 'task_show' },
        },
      ],
      toolCall: { kind: 'execute' },
      meta: { is_mcp_tool_approval: true },
    },
  ],
  [
    'copilot',
    'a bare name of a tool of nobody knows whom',
    { toolCall: { title: 'task_show', kind: 'other' } },
  ],
  [
    'copilot',
    'a bare name after a call of another server',
    { before: [{ title: 'evil-task_show', kind: 'other' }], toolCall: { title: 'task_show', kind: 'other' } },
  ],
  [
    'copilot',
    'a command described so',
    {
      before: [{ title: 'quarterdeck-task_show', kind: 'execute' }],
      toolCall: { title: 'task_show', kind: 'other' },
    },
  ],
  [
    'copilot',
    'a call of ours that is over',
    {
      before: [{ title: 'quarterdeck-task_show', kind: 'other', status: 'completed' }],
      toolCall: { title: 'task_show', kind: 'other' },
    },
  ],
  [
    'copilot',
    'another title than that of the call',
    { before: [{ title: 'quarterdeck-task_show', kind: 'other' }], toolCall: { title: 'rm', kind: 'other' } },
  ],
  [
    'claude',
    'a title that contradicts the name',
    { toolCall: { name: 'AskUserQuestion', title: 'mcp__quarterdeck__task_show', kind: 'other' } },
  ],
  [
    'gemini',
    'an argument that took the place of the title',
    {
      toolCall: {
        title: 'task_show (quarterdeck MCP Server)',
        kind: 'other',
        content: [
          {
            type: 'content',
            content: { type: 'text', text: '{"command":"task_show (quarterdeck MCP Server)","repo":"x"}' },
          },
        ],
      },
    },
  ],
  [
    'gemini',
    'arguments that are not shown',
    {
      toolCall: {
        title: 'task_show (quarterdeck MCP Server)',
        kind: 'other',
        content: [
          {
            type: 'content',
            content: {
              type: 'text',
              text: '[Payload omitted due to length with parameters: a, b, c, d, e, ...]',
            },
          },
        ],
      },
    },
  ],
  [
    'qwen',
    'a name among the arguments of another tool',
    {
      before: [{ title: 'WriteFile', kind: 'other' }],
      toolCall: { kind: 'other', rawInput: { name: 'mcp__quarterdeck__task_show', arguments: {} } },
    },
  ],
  [
    'qwen',
    'another name in the request than in the call',
    {
      before: [
        {
          title: 'ToolCall',
          kind: 'other',
          rawInput: { name: 'mcp__quarterdeck__task_show', arguments: {} },
        },
      ],
      toolCall: { kind: 'other', rawInput: { name: 'mcp__evil__rm', arguments: {} } },
    },
  ],
  ['opencode', 'more than a name', { toolCall: { title: 'quarterdeck_task_show; rm', kind: 'other' } }],
];

it.each(FORGED)('S3: %s: %s is no tool of ours', (agent, _, asking) => {
  expect(askAs(agent, asking).mcpTool ?? '').not.toMatch(/^quarterdeck\//);
});

it.each([
  ['claude', 'mcp__github__create_issue', 'github/create_issue'],
  ['claude', 'mcp__a__b__c', null],
  ['qwen', 'mcp__github__create_issue', 'github/create_issue'],
  ['opencode', 'github_create_issue', null],
  ['opencode', 'external_directory', null],
  ['opencode', 'doom_loop', null],
])('A2: %s: the tool %s of another server is %s', (agent, name, expected) => {
  expect(askAs(agent, { toolCall: { name, title: name, kind: 'other' } }).mcpTool).toBe(expected);
});

it.each([
  [{ title: '{}', rawInput: { name: 'mcp__github__search', arguments: {} } }, 'github/search'],
  [{ title: '{"q":"x"}' }, 'ToolCall'],
])('A3: a title is never the arguments (%j)', (toolCall, title) => {
  const before = [{ title: 'ToolCall', kind: 'other' }];
  expect(askAs('qwen', { before, toolCall: { kind: 'other', ...toolCall } }).title).toBe(title);
});
