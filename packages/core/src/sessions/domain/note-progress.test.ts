import type { JournalEntry } from '@quarterdeck/contract/journal';
import type { TranscriptItem } from '@quarterdeck/contract/session';
import { expect, it } from 'vitest';
import { noteProgress } from './note-progress.ts';

type Tool = Extract<TranscriptItem, { kind: 'tool' }>;
const tool = (itemId: string, status: Tool['status'], startedAt = 10): JournalEntry => ({
  kind: 'item',
  item: {
    ...{
      kind: 'tool',
      itemId,
      at: startedAt,
      title: `run\n ${itemId}`,
      toolKind: 'execute',
      status,
      parentItemId: null,
    },
    ...{ paths: [], input: null, output: null, changes: [], startedAt, endedAt: null },
  } as Tool,
});
const turn = (phase: 'started' | 'ended'): JournalEntry => ({ kind: 'turn', phase, stopReason: null });
const after = (...entries: readonly JournalEntry[]) =>
  entries.reduce<ReturnType<typeof noteProgress>>(
    (before, entry, at) => noteProgress(before, { entry, at }),
    null,
  );

it.each([
  ['a turn', [turn('started')], { turnSince: 0, tools: [] }],
  [
    'a tool call',
    [turn('started'), tool('a', 'in_progress')],
    { turnSince: 0, tools: [{ itemId: 'a', title: 'run a', since: 10 }] },
  ],
  [
    'a tool call that tells more of itself',
    [tool('a', 'pending', 10), tool('a', 'in_progress', 30)],
    { turnSince: null, tools: [{ itemId: 'a', title: 'run a', since: 10 }] },
  ],
  [
    'the longest of two first',
    [tool('b', 'pending', 20), tool('a', 'pending', 10), tool('b', 'completed')],
    { turnSince: null, tools: [{ itemId: 'a', title: 'run a', since: 10 }] },
  ],
  [
    'no call that has ended',
    [turn('started'), tool('a', 'pending'), tool('a', 'failed')],
    { turnSince: 0, tools: [] },
  ],
  [
    'nothing after its turn',
    [turn('started'), tool('a', 'pending'), turn('ended')],
    { turnSince: null, tools: [] },
  ],
  [
    'nothing after its end',
    [turn('started'), { kind: 'exited', code: 0, signal: null, errorTail: null } as const],
    null,
  ],
  [
    'nothing new by what it says',
    [turn('started'), { kind: 'activity', text: 'x' } as const],
    { turnSince: 0, tools: [] },
  ],
])('A9: an agent is in the middle of %s', (_, entries, progress) => {
  expect(after(...entries)).toEqual(progress);
});

it('A9: keeps few of many calls', () => {
  const many = Array.from({ length: 100 }, (__, index) => tool(`t${index}`, 'pending', index));
  expect(after(...many)?.tools.map(({ itemId }) => itemId)).toEqual([
    't0',
    't1',
    't2',
    't3',
    't4',
    't5',
    't6',
    't7',
  ]);
});
