import type { JournalEntry } from '@quarterdeck/contract/journal';
import { expect, it } from 'vitest';
import { withKnownReset } from './note-limit.ts';
import { noteAllowed } from './note-refusal.ts';
import { reduceTurnEnd, reduceTurnStart, reduceUpdate } from './reduce-update.ts';
import type { TranscriptState } from './transcript-state.ts';
import { EMPTY_TRANSCRIPT, workOf } from './transcript-state.ts';

const say = (text: string) => ({ sessionUpdate: 'agent_message_chunk', content: { type: 'text', text } });

function play(updates: readonly unknown[], from: TranscriptState = EMPTY_TRANSCRIPT) {
  let state = reduceTurnStart(from).state;
  const entries: JournalEntry[] = [];
  for (const [index, update] of updates.entries()) {
    const step = reduceUpdate(state, update, index * 2000);
    state = step?.state ?? state;
    entries.push(...(step?.entries ?? []));
  }
  const end = reduceTurnEnd(state, false, updates.length * 2000);
  return { state, work: workOf(state), entries: [...entries, ...end.entries] };
}

const texts = (entries: readonly JournalEntry[], kind: 'message' | 'notice') =>
  entries.flatMap((entry) =>
    entry.kind === 'item' &&
    entry.item.kind === kind &&
    (!('isComplete' in entry.item) || entry.item.isComplete)
      ? [entry.item.text]
      : [],
  );

const FALLBACK =
  'Model metadata for `probe` not found. Defaulting to fallback metadata; this can degrade performance.';

it.each([
  [
    'before a message',
    [say('Warning: auto mode is unavailable for this model.'), say('I looked at it.')],
    ['Warning: auto mode is unavailable for this model.'],
    ['I looked at it.'],
  ],
  [
    'between messages',
    [say('First.'), say('Info: Request failed. Retrying...'), say('Second.')],
    ['Info: Request failed. Retrying...'],
    ['First.', 'Second.'],
  ],
  [
    'several in one piece',
    [say('Info: Request failed. Retrying...Info: Request failed. Retrying...')],
    ['Info: Request failed. Retrying...', 'Info: Request failed. Retrying...'],
    [],
  ],
  [
    'with an error in the same piece',
    [say('Info: Request failed. Retrying...Error: 429 rate limit (gave up).')],
    ['Info: Request failed. Retrying...'],
    ['Error: 429 rate limit (gave up).'],
  ],
  [
    'on lines of their own',
    [say('Reconnecting... 1/5\nReconnecting... 2/5\n')],
    ['Reconnecting... 1/5', 'Reconnecting... 2/5'],
    [],
  ],
  ["Codex's fallback", [say(FALLBACK), say('Done.')], [FALLBACK], ['Done.']],
])('A19: a notice of the agent %s stands by itself', (_, updates, notices, messages) => {
  const { entries } = play(updates);
  expect(texts(entries, 'notice')).toEqual(notices);
  expect(texts(entries, 'message')).toEqual(messages);
});

it.each([
  ['word by word', ['Info', ': the', ' queue', ' is', ' empty', '.'].map(say), ['Info: the queue is empty.']],
  ['about notices', [say('I print "Info: retrying" now.')], ['I print "Info: retrying" now.']],
])('A19: what a model says %s stays a message', (_, updates, messages) => {
  expect(texts(play(updates).entries, 'message')).toEqual(messages);
});

it('A9: a notice of trying again is what the agent does now', () => {
  const { entries } = play([say('Info: Request failed due to a transient API error. Retrying...')]);
  expect(entries).toContainEqual({
    kind: 'activity',
    text: 'Waits for the model: Info: Request failed due to a transient API error. Retrying...',
  });
});

const call = (fields: object) => ({ sessionUpdate: 'tool_call', toolCallId: 'c1', title: 'x', ...fields });

it.each([
  ['nothing', [], { hasWorked: false, lastMessage: '' }],
  ['a message', [say('One.'), say(' Two.')], { hasWorked: false, lastMessage: 'One. Two.' }],
  [
    'a message before a thought',
    [say('One.'), { ...say('hm'), sessionUpdate: 'agent_thought_chunk' }],
    { hasWorked: false, lastMessage: 'One.' },
  ],
  ['a call that failed', [call({ status: 'failed' })], { hasWorked: false, lastMessage: '' }],
  [
    'a call that succeeded',
    [call({ status: 'completed' }), say('Error: x')],
    { hasWorked: true, lastMessage: 'Error: x' },
  ],
])('A7: a turn is remembered as %s', (_, updates, work) => {
  expect(play(updates).work).toEqual(work);
});

it('A7: what was done in an earlier turn is not of this one', () => {
  const { state } = play([call({ status: 'completed' }), say('Done.')]);
  expect(play([], reduceTurnEnd(state, false, 0).state).work).toEqual({ hasWorked: false, lastMessage: '' });
});

it.each([
  ['content as text', { content: 'a line', detailedContent: 'more' }, 'a line'],
  ['content as blocks', { content: [{ type: 'text', text: 'a line' }] }, 'a line'],
  ['an unknown shape', { lines: 3 }, '{"lines":3}'],
])('A19: the output of a call is shown from %s', (_, rawOutput, output) => {
  const { state } = play([call({ status: 'completed', rawOutput })]);
  expect(state.tools.get('c1')?.item.output).toBe(output);
});

it.each([
  [
    'refused',
    'Command injection detected',
    true,
    ['Allowed, but the agent refused: Command injection detected'],
  ],
  ['that ran and failed', 'curl: connection refused', true, []],
  ['nobody allowed', 'Command injection detected', false, []],
])('A19: a command %s', (_, output, isAllowed, notices) => {
  const from = isAllowed ? noteAllowed(EMPTY_TRANSCRIPT, 'c1') : EMPTY_TRANSCRIPT;
  const failed = { sessionUpdate: 'tool_call_update', toolCallId: 'c1', status: 'failed', rawOutput: output };
  expect(texts(play([call({}), failed, failed], from).entries, 'notice')).toEqual(notices);
});

const HOUR_AWAY = 3600;
const tellLimit = (info: object) => ({
  sessionUpdate: 'usage_update',
  used: 1,
  size: 2,
  _meta: { '_claude/rateLimit': info },
});

it.each([
  ['rejects', { status: 'rejected', resetsAt: HOUR_AWAY, rateLimitType: 'five_hour' }, HOUR_AWAY * 1000],
  ['warns', { status: 'allowed_warning', resetsAt: HOUR_AWAY }, null],
  ['allows', { status: 'allowed', resetsAt: HOUR_AWAY }, null],
  ['names no end', { status: 'rejected' }, null],
])(
  'A10: the end of a limit is taken from what Claude tells beside its errors when it %s',
  (_, info, resetAt) => {
    const { limitResetAt } = play([tellLimit(info)]).state;
    const failure = (hint: 'rate_limited' | 'crashed', own: number | null) => ({
      hint,
      message: 'x',
      resetAt: own,
    });
    expect(withKnownReset(failure('rate_limited', null), limitResetAt).resetAt).toBe(resetAt);
    expect(withKnownReset(failure('rate_limited', 5), limitResetAt).resetAt).toBe(5);
    expect(withKnownReset(failure('crashed', null), limitResetAt).resetAt).toBeNull();
  },
);
