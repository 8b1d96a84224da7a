import { expect, it } from 'vitest';
import { parseEvent } from './opencode-events.ts';
import type { Sessions, Signal } from './read-event.ts';
import { readEvent } from './read-event.ts';
import { sseReader } from './sse.ts';

function play(...events: readonly (readonly [type: string, properties: object])[]): Signal[] {
  let sessions: Sessions = { rootId: 'ses_root', spent: new Map(), startedBy: new Map() };
  return events.flatMap(([type, properties]) => {
    const event = parseEvent(
      JSON.stringify({ directory: '/repo', payload: { id: 'evt_1', type, properties } }),
    );
    if (event === null) return [];
    const reading = readEvent(sessions, event);
    sessions = reading.sessions;
    return reading.signals;
  });
}

const asked = (sessionID: string) => ({
  id: 'per_1',
  sessionID,
  permission: 'bash',
  patterns: ['echo child'],
  metadata: { command: 'echo child' },
  always: ['echo *'],
  tool: { messageID: 'msg_1', callID: 'call_3_0' },
});
const spent = (sessionID: string, cost: number) => ({
  sessionID,
  info: { id: sessionID, cost, tokens: { input: 10, output: 2, reasoning: 1, cache: { read: 5, write: 0 } } },
});
const part = (sessionID: string, callID: string, tool: string, state: object) => ({
  part: { id: 'prt_1', type: 'tool', sessionID, callID, tool, state },
});

it('passes on what a subagent asks, and leaves out what ACP asks already', () => {
  expect(play(['permission.asked', asked('ses_child')])).toMatchObject([
    { kind: 'asked', request: { id: 'per_1' } },
  ]);
  expect(play(['permission.asked', asked('ses_root')])).toEqual([]);
  expect(play(['permission.replied', { sessionID: 'ses_child', requestID: 'per_1', reply: 'once' }])).toEqual(
    [{ kind: 'answered', id: 'per_1' }],
  );
});

it('adds up what the session and its subagents have spent', () => {
  const [, , last] = play(
    ['session.updated', spent('ses_root', 0.5)],
    ['session.updated', spent('ses_child', 0.25)],
    ['session.updated', spent('ses_root', 0.75)],
  );
  expect(last).toEqual({
    kind: 'totals',
    tokens: { inputTokens: 20, outputTokens: 6, cachedTokens: 10 },
    usd: 1,
  });
});

it('shows the calls of a subagent below the call that started it', () => {
  const signals = play(
    [
      'message.part.updated',
      part('ses_root', 'call_1', 'task', {
        status: 'running',
        input: {},
        metadata: { sessionId: 'ses_child' },
      }),
    ],
    [
      'message.part.updated',
      part('ses_child', 'call_1', 'bash', {
        status: 'completed',
        input: { command: 'ls' },
        output: 'a',
        title: 'List',
      }),
    ],
  );
  expect(signals).toMatchObject([
    {
      kind: 'update',
      update: {
        toolCallId: 'ses_child:call_1',
        parentToolCallId: 'call_1',
        title: 'List',
        kind: 'execute',
        status: 'completed',
      },
    },
  ]);
});

it('takes the plan of the session alone, and says when the model does not answer', () => {
  const todos = [{ content: 'a', status: 'pending', priority: 'high' }];
  expect(play(['todo.updated', { sessionID: 'ses_root', todos }])).toMatchObject([
    { update: { entries: todos } },
  ]);
  expect(play(['todo.updated', { sessionID: 'ses_child', todos }])).toEqual([]);
  const status = { type: 'retry', attempt: 1, message: 'The model answers 429.', next: 1 };
  expect(play(['session.status', { sessionID: 'ses_root', status }])).toEqual([
    { kind: 'waiting', reason: 'The model answers 429.', until: 1 },
  ]);
});

it('reads over events it does not know', () => {
  expect(play(['plugin.added', {}], ['message.part.updated', { part: { type: 'text' } }])).toEqual([]);
  expect(parseEvent('{"broken')).toBeNull();
});

it('puts events together that come in pieces', () => {
  const seen: string[] = [];
  const read = sseReader((text) => seen.push(text));
  for (const piece of ['data: {"a"', ':1}\n', '\n: beat\n\ndata: x\r\ndata: y\r\n\r\nda', 'ta: z\n\n'])
    read(piece);
  expect(seen).toEqual(['{"a":1}', 'x\ny', 'z']);
});
