import { describe, expect, it } from 'vitest';
import { askAs } from './testing/ask-as.ts';

describe('the command of a request', () => {
  it.each([
    [
      'claude',
      { kind: 'execute', title: 'mcp__quarterdeck__task_show', rawInput: { command: 'rm -rf /' } },
      'rm -rf /',
    ],
    ['codex', { kind: 'execute', rawInput: { cmd: ['npm', 'test'] } }, 'npm test'],
    ['codex', { kind: 'execute', rawInput: { command: ['bash', '-lc', 'npm test'] } }, 'bash -lc "npm test"'],
    ['codex', { kind: 'execute', rawInput: { command: ['npm', 'test; rm -rf ~'] } }, 'npm "test; rm -rf ~"'],
    ['claude', { kind: 'read', title: 'Look', rawInput: { command: 'rm -rf ~', path: 'a' } }, 'rm -rf ~'],
    ['claude', { kind: 'edit', rawInput: { script: 'rm', path: 'a' } }, 'script: "rm"'],
    ['copilot', { kind: 'edit', rawInput: { command: 'str_replace', path: 'a' } }, null],
    ['claude', { kind: 'execute', title: 'Run the tests', rawInput: { shell_line: 'rm -rf ~' } }, null],
  ])('A2: %s %j: %s', (agent, toolCall, command) => {
    expect(askAs(agent, { toolCall }).command).toBe(command);
  });

  it('A2: is the whole title for Gemini, which gives nothing else, and for nobody who does', () => {
    const long = `tail -f ${'x'.repeat(2000)}`;
    expect(askAs('gemini', { toolCall: { kind: 'execute', title: long } }).command).toBe(long);
    expect(askAs('claude', { toolCall: { kind: 'execute', title: 'ls' } }).command).toBeNull();
    const before = [{ title: 'ls', kind: 'execute', rawInput: { command: 'rm x' } }];
    expect(askAs('gemini', { before, toolCall: { kind: 'execute', title: 'ls' } }).command).toBe('rm x');
  });
});

describe('the kind of a request', () => {
  it.each([
    ['read', 'read', 'read'],
    ['read', undefined, 'read'],
    [undefined, 'edit', 'edit'],
    ['other', 'edit', 'edit'],
    ['edit', 'read', 'other'],
    ['read', 'wipe_disk', 'other'],
    [undefined, 'wipe_disk', 'other'],
    ['wipe_disk', undefined, 'other'],
  ])('F11: announced as %s and asked for as %s is %s', (announced, asked, kind) => {
    const before = [{ title: 'x', kind: announced }];
    expect(askAs('claude', { before, toolCall: { title: 'x', kind: asked } }).toolKind).toBe(kind);
  });
});

it.each([
  ['what the request shows', { content: [{ type: 'content', content: { type: 'text', text: '# Plan' } }] }],
  ['its input', { rawInput: { plan: '# Plan' } }],
])('F11: the plan is taken from %s', (_, fields) => {
  const toolCall = { title: 'Ready to code?', kind: 'switch_mode', ...fields };
  expect(askAs('claude', { toolCall })).toMatchObject({ toolKind: 'switch_mode', text: '# Plan' });
});

it('F12: the options go along as they are, with ids of ours, because those of the agent can collide', () => {
  const options = [
    { optionId: 'a', name: 'Blue', kind: 'pick' },
    { optionId: 'a', name: 'Red' },
    { optionId: '\0\ud800', name: '', kind: 7 },
    { optionId: 'a#2', name: 'Always', kind: 'allow_always' },
    { optionId: 'o1', name: 'No', kind: 'reject_once' },
  ];
  expect(askAs('claude', { toolCall: { title: 'Which?' }, options }).options).toEqual([
    { id: 'o1', name: 'Blue', kind: 'pick' },
    { id: 'o2', name: 'Red', kind: null },
    { id: 'o3', name: '\0\ud800', kind: null },
    { id: 'o4', name: 'Always', kind: 'allow_always' },
    { id: 'o5', name: 'No', kind: 'reject_once' },
  ]);
});

it('S3: shows what is asked for now, and every place of the call', () => {
  const before = [
    {
      title: 'Edit a.ts',
      kind: 'edit',
      rawInput: { file_path: 'a.ts' },
      content: [{ type: 'diff', path: 'a.ts', newText: 'harmless' }],
    },
    { sessionUpdate: 'tool_call_update', locations: [{ path: '../first' }] },
    { sessionUpdate: 'tool_call_update', locations: [{ path: 'a.ts' }] },
  ];
  const toolCall = {
    kind: 'edit',
    rawInput: { file_path: '/etc/passwd' },
    content: [{ type: 'diff', path: '/etc/passwd', newText: 'evil' }],
  };
  const detail = askAs('claude', { before, toolCall });
  expect(detail.changes).toMatchObject([{ path: '/etc/passwd', newText: 'evil' }]);
  expect(detail.input).toBe('{"file_path":"/etc/passwd"}');
  expect(detail.places?.filter(({ inside }) => inside === null).map(({ path }) => path)).toEqual([
    '/etc/passwd',
    '../first',
  ]);
});
