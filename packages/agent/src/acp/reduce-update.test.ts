import { readFileSync } from 'node:fs';
import type { JournalEntry } from '@quarterdeck/contract/journal';
import { JournalEntry as JournalEntrySchema } from '@quarterdeck/contract/journal';
import type { TranscriptItem } from '@quarterdeck/contract/session';
import { describe, expect, it } from 'vitest';
import { PermissionRequest, permissionDetail } from './permission-request.ts';
import { trackedTool } from './reduce-tool.ts';
import {
  reducePermission,
  reduceTick,
  reduceTurnEnd,
  reduceTurnStart,
  reduceUpdate,
} from './reduce-update.ts';
import type { LiveText, Step, TranscriptState } from './transcript-state.ts';
import { EMPTY_TRANSCRIPT } from './transcript-state.ts';

interface Played {
  readonly state: TranscriptState;
  readonly entries: readonly JournalEntry[];
  readonly deltas: readonly LiveText[];
}

/** Plays updates one after the other, each at its index times `stepMs`. */
const DEPS = {
  requests: { toolNames: [], isTitleCommand: false },
  lookUp: (path: string) => [{ path, inside: path }],
};

function play(updates: readonly unknown[], stepMs = 0): Played {
  let state = reduceTurnStart(EMPTY_TRANSCRIPT).state;
  const entries: JournalEntry[] = [];
  const deltas: LiveText[] = [];
  const take = (step: Step | null): void => {
    if (step === null) return;
    state = step.state;
    entries.push(...step.entries);
    deltas.push(...step.deltas);
  };
  updates.forEach((update, index) => {
    const fields = PermissionRequest.safeParse(update).data?.toolCall;
    take(
      fields === undefined
        ? reduceUpdate(state, update, index * stepMs)
        : reducePermission(state, { fields, title: fields.title ?? '' }, index * stepMs),
    );
  });
  take(reduceTurnEnd(state, false, updates.length * stepMs));
  for (const entry of entries) JournalEntrySchema.parse(entry);
  return { state, entries, deltas };
}

/** The last version of each item, in order of first sight. */
function itemsOf(entries: readonly JournalEntry[]): TranscriptItem[] {
  const items = new Map<string, TranscriptItem>();
  for (const entry of entries) if (entry.kind === 'item') items.set(entry.item.itemId, entry.item);
  return [...items.values()];
}

const message = (text: string, extra: object = {}) => ({
  sessionUpdate: 'agent_message_chunk',
  content: { type: 'text', text },
  ...extra,
});
const tool = (fields: object) => ({ sessionUpdate: 'tool_call_update', ...fields });

describe('text', () => {
  it('merges chunks into one item and tells watchers where each piece belongs', () => {
    const { entries, deltas } = play([message('Hel'), message('lo '), message('you')]);
    expect(itemsOf(entries)).toMatchObject([{ kind: 'message', text: 'Hello you', isComplete: true }]);
    expect(deltas.map(({ offset, text }) => [offset, text])).toEqual([
      [0, 'Hel'],
      [3, 'lo '],
      [6, 'you'],
    ]);
  });

  it.each([
    ['another kind', { sessionUpdate: 'agent_thought_chunk', content: { type: 'text', text: 'Hm' } }],
    ['another message', message('Hm', { messageId: 'm2' })],
  ])('begins a further item with %s', (_, second) => {
    const { entries } = play([message('One', { messageId: 'm1' }), second]);
    expect(itemsOf(entries)).toMatchObject([{ text: 'One', isComplete: true }, { text: 'Hm' }]);
  });

  it('is written down every two seconds and every 16 KiB while it grows', () => {
    const slow = play([message('a'), message('b'), message('c')], 1500);
    expect(slow.entries.filter(({ kind }) => kind === 'item')).toHaveLength(2);
    const fast = play(Array.from({ length: 40 }, () => message('x'.repeat(1024))));
    expect(fast.entries.filter(({ kind }) => kind === 'item')).toHaveLength(3);
  });

  it('goes on in a further item when one grows very long', () => {
    const { entries } = play(Array.from({ length: 200 }, () => message('x'.repeat(1024))));
    const texts = itemsOf(entries).flatMap((item) => (item.kind === 'message' ? [item.text] : []));
    expect(texts.join('')).toHaveLength(200 * 1024);
    expect(Math.max(...texts.map(({ length }) => length))).toBeLessThan(70 * 1024);
  });
});

describe('tool calls', () => {
  it.each([
    ['tool_call', { sessionUpdate: 'tool_call', toolCallId: 'c', title: 'ls', kind: 'execute' }],
    ['tool_call_update', tool({ toolCallId: 'c', title: 'ls', kind: 'execute' })],
    [
      'request_permission',
      { sessionId: 's', toolCall: { toolCallId: 'c', title: 'ls', kind: 'execute' }, options: [] },
    ],
  ])('are created by %s and changed by what follows', (_, first) => {
    const { entries } = play([first, tool({ toolCallId: 'c', status: 'completed', rawOutput: 'a.txt' })]);
    expect(itemsOf(entries)).toMatchObject([
      { itemId: 'tool:c', title: 'ls', toolKind: 'execute', status: 'completed', output: 'a.txt' },
    ]);
  });

  it('belong to the call that started the subagent (Claude)', () => {
    const _meta = { claudeCode: { toolName: 'Bash', parentToolUseId: 'task-1' } };
    const { entries } = play([tool({ toolCallId: 'c', _meta })]);
    expect(itemsOf(entries)).toMatchObject([{ title: 'Bash', parentItemId: 'tool:task-1' }]);
  });

  it('gather output that comes in pieces (Codex), and keep its end', () => {
    const piece = (data: string) => tool({ toolCallId: 'c', _meta: { terminal_output_delta: { data } } });
    const short = play([piece('one\n'), piece('two\n')]);
    expect(itemsOf(short.entries)).toMatchObject([{ output: 'one\ntwo\n' }]);
    const long = play(Array.from({ length: 100 }, (_, n) => piece(`${n}${'x'.repeat(1000)}`)));
    const [item] = itemsOf(long.entries);
    expect(item?.kind === 'tool' && item.output?.length).toBe(32 * 1024);
  });

  it('write a stream of output down at most once a second', () => {
    const piece = tool({ toolCallId: 'c', _meta: { terminal_output_delta: 'x' } });
    const { entries } = play(
      Array.from({ length: 100 }, () => piece),
      50,
    );
    expect(entries.filter(({ kind }) => kind === 'item').length).toBeLessThan(8);
  });

  it('are new calls when a later turn counts its ids anew', () => {
    const call = { sessionUpdate: 'tool_call', toolCallId: 'c', title: 'ls', status: 'completed' };
    const first = play([call]);
    const second = reduceUpdate(reduceTurnStart(first.state).state, { ...call, title: 'pwd' }, 9);
    expect(itemsOf([...first.entries, ...(second?.entries ?? [])])).toMatchObject([
      { title: 'ls' },
      { title: 'pwd' },
    ]);
  });

  it('that are open when the turn is cut short have failed', () => {
    const opened = reduceUpdate(EMPTY_TRANSCRIPT, tool({ toolCallId: 'c', status: 'in_progress' }), 1);
    const ended = reduceTurnEnd(opened?.state ?? EMPTY_TRANSCRIPT, true, 5);
    expect(itemsOf(ended.entries)).toMatchObject([{ status: 'failed', endedAt: 5 }]);
  });

  it('never grow without bound in memory', () => {
    const many = play(
      Array.from({ length: 500 }, (_, n) => tool({ toolCallId: `c${n}`, status: 'completed' })),
    );
    expect(many.state.tools.size).toBeLessThanOrEqual(64);
  });
});

describe('usage', () => {
  it('takes cost as reported only in dollars', () => {
    const update = (currency: string) => ({
      sessionUpdate: 'usage_update',
      used: 10,
      size: 100,
      cost: { amount: 0.0077, currency },
    });
    expect(play([update('USD')]).state.usage.usage).toMatchObject({
      contextUsed: 10,
      contextSize: 100,
      costMicros: 7700,
      costSource: 'reported',
    });
    expect(play([update('EUR')]).state.usage.usage).toMatchObject({ costMicros: null, costSource: null });
  });

  it('reads tokens from an empty message (Qwen)', () => {
    const { state, entries } = play([
      message('', { _meta: { usage: { promptTokens: 7, completionTokens: 3 } } }),
    ]);
    expect(state.usage.usage).toMatchObject({ inputTokens: 7, outputTokens: 3 });
    expect(itemsOf(entries)).toEqual([]);
  });

  it('is written down at most once a second', () => {
    const updates = Array.from({ length: 50 }, (_, used) => ({
      sessionUpdate: 'usage_update',
      used,
      size: 100,
    }));
    expect(play(updates, 100).entries.filter(({ kind }) => kind === 'usage').length).toBeLessThanOrEqual(6);
  });
});

describe('what is not known', () => {
  it.each([
    [{ sessionUpdate: 'available_commands_update', availableCommands: [] }],
    [{ sessionUpdate: 'something_new' }],
    [{ sessionUpdate: 'tool_call' }],
    [null],
    ['text'],
  ])('is left to the log: %j', (update) => {
    expect(reduceUpdate(EMPTY_TRANSCRIPT, update, 0)).toBeNull();
  });

  it('does not spoil the rest of an update', () => {
    const odd = tool({
      toolCallId: 'c',
      title: 'ls',
      kind: 'dance',
      status: 'maybe',
      locations: 'here',
      content: 5,
    });
    expect(itemsOf(play([odd]).entries)).toMatchObject([
      { title: 'ls', toolKind: 'other', status: 'pending' },
    ]);
  });
});

it('says what the agent does at most once a second, the newest last', () => {
  const calls = Array.from({ length: 20 }, (_, n) => ({
    sessionUpdate: 'tool_call',
    toolCallId: `c${n}`,
    title: `step ${n}`,
  }));
  const { entries } = play(calls, 100);
  const shown = entries.flatMap((entry) => (entry.kind === 'activity' ? [entry.text] : []));
  expect(shown.length).toBeLessThanOrEqual(3);
  expect(shown.at(-1)).toBe('step 19');
});

it('writes waiting text down on a tick', () => {
  const begun = reduceUpdate(EMPTY_TRANSCRIPT, message('Hi'), 0);
  const ticked = reduceTick(begun?.state ?? EMPTY_TRANSCRIPT, 2000);
  expect(itemsOf(ticked.entries)).toMatchObject([{ text: 'Hi', isComplete: false }]);
});

describe('a recorded session of opencode', () => {
  const path = new URL('./recordings/opencode-session.jsonl', import.meta.url);
  const messages = readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const updates = messages.flatMap(({ method, params }) => {
    if (method === 'session/update') return [params.update];
    return method === 'session/request_permission' ? [params] : [];
  });
  const { entries, state } = play(updates, 50);
  const items = itemsOf(entries);

  it('becomes one item per call, thought, message and plan', () => {
    const tools = items.flatMap((item) =>
      item.kind === 'tool' ? [[item.toolKind, item.title, item.status]] : [],
    );
    expect(tools).toEqual([
      ['edit', 'hello.txt', 'completed'],
      ['execute', 'echo out; cat hello.txt; exit 3', 'completed'],
      ['edit', 'hello.txt', 'completed'],
      ['read', 'hello.txt', 'completed'],
      ['other', '1 todos', 'completed'],
      ['other', 'quarterdeck_task_complete', 'completed'],
      ['execute', 'rm -rf x', 'failed'],
    ]);
    expect(items.filter(({ kind }) => kind === 'plan')).toMatchObject([
      { entries: [{ content: 'a', status: 'pending', priority: 'high' }] },
    ]);
  });

  it('keeps paths, changes and output', () => {
    const [written, shell] = items.filter(({ kind }) => kind === 'tool');
    expect(written).toMatchObject({
      paths: ['/repo/hello.txt'],
      changes: [{ path: '/repo/hello.txt', newText: 'hello\n' }],
    });
    expect(shell).toMatchObject({ output: 'out\nhello\n' });
  });

  it('has the cost the agent reported last', () => {
    expect(state.usage.usage).toMatchObject({ costMicros: 8800, costSource: 'reported', contextUsed: 1000 });
  });

  it('asks for what the call said', () => {
    const [write, shell] = updates.flatMap((update) => PermissionRequest.safeParse(update).data ?? []);
    if (write === undefined || shell === undefined) throw new Error('no permission in the recording');
    expect(permissionDetail(DEPS, write, trackedTool(state, write.toolCall.toolCallId))).toMatchObject({
      toolKind: 'edit',
      command: null,
      paths: ['/repo/hello.txt'],
    });
    expect(permissionDetail(DEPS, shell, null)).toMatchObject({
      command: 'echo out; cat hello.txt; exit 3',
      mcpTool: null,
    });
  });
});
