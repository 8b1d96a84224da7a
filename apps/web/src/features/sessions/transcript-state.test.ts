import type { StoredItem, TextDelta, Transcript, TranscriptItem } from '@quarterdeck/contract/session';
import { expect, it } from 'vitest';
import {
  applyDelta,
  applyItem,
  isWorking,
  mergeTranscript,
  NO_TRANSCRIPT,
  type TranscriptState,
} from './transcript-state.ts';

it('takes items in order and replaces an item that is sent again', () => {
  const state = [
    stored(0, 1, message('m1', 'Hel')),
    stored(1, 2, message('m2', 'x')),
    stored(0, 3, message('m1', 'Hello', true)),
  ].reduce(applyItem, NO_TRANSCRIPT);
  expect(texts(state)).toEqual(['Hello', 'x']);
  expect(state).toMatchObject({ rev: 3, hasGap: false });
});

it('sees a skipped revision and stays behind it until the answer fills it', () => {
  const first = applyItem(NO_TRANSCRIPT, stored(0, 1, message('m1', 'a')));
  const gapped = applyItem(first, stored(2, 3, message('m3', 'c')));
  expect(gapped).toMatchObject({ rev: 1, hasGap: true });
  const filled = mergeTranscript(
    gapped,
    answer([stored(1, 2, message('m2', 'b')), stored(2, 3, message('m3', 'c'))], 3),
  );
  expect(texts(filled)).toEqual(['a', 'b', 'c']);
  expect(filled).toMatchObject({ rev: 3, hasGap: false });
});

it('appends text where it belongs, drops overlap, asks again over a hole', () => {
  const started = applyDelta(NO_TRANSCRIPT, delta(0, 'Hello'), 1);
  const more = applyDelta(started, delta(3, 'lo world'), 1);
  expect(texts(more)).toEqual(['Hello world']);
  expect(applyDelta(more, delta(0, 'Hello'), 1)).toBe(more);
  expect(applyDelta(more, delta(40, '!'), 1).hasGap).toBe(true);
  expect(applyDelta(NO_TRANSCRIPT, delta(4, 'x'), 1).hasGap).toBe(true);
});

it('keeps text that was streamed further than it was stored, until it is complete', () => {
  const streamed = applyDelta(NO_TRANSCRIPT, delta(0, 'Hello world'), 1);
  const behind = applyItem(streamed, stored(0, 1, message('m1', 'Hello')));
  expect(texts(behind)).toEqual(['Hello world']);
  expect(texts(applyItem(behind, stored(0, 2, message('m1', 'Hello.', true))))).toEqual(['Hello.']);
});

it('knows from the newest turn whether the agent works', () => {
  const turn = (phase: 'started' | 'ended'): TranscriptItem => ({
    kind: 'turn',
    itemId: phase,
    at: 0,
    phase,
    stopReason: null,
  });
  const started = applyItem(NO_TRANSCRIPT, stored(0, 1, turn('started')));
  expect(isWorking(started)).toBe(true);
  expect(isWorking(applyItem(started, stored(1, 2, turn('ended'))))).toBe(false);
});

function message(itemId: string, text: string, isComplete = false): TranscriptItem {
  return { kind: 'message', itemId, text, at: 0, isComplete };
}

function stored(ordinal: number, rev: number, item: TranscriptItem): StoredItem {
  return { ordinal, rev, item };
}

function delta(offset: number, text: string): TextDelta {
  return { sessionId: 's_1111', itemId: 'm1', kind: 'message', offset, text } as TextDelta;
}

function answer(items: StoredItem[], rev: number): Transcript {
  return { session: { turn: 'working' }, items, rev } as unknown as Transcript;
}

function texts(state: TranscriptState): string[] {
  return state.items.map(({ item }) => ('text' in item ? item.text : ''));
}
