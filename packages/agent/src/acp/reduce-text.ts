import { noteActivity } from './note-activity.ts';
import type { OpenText, Step, TranscriptState } from './transcript-state.ts';
import { inOrder, silently } from './transcript-state.ts';

// A crash of the host loses at most this much of a message that is not finished.
const FLUSH_CHARS = 16 * 1024;
const FLUSH_MS = 2000;
// A longer text goes on as a further item: each flush writes the whole item again.
const MAX_ITEM_CHARS = 64 * 1024;

export interface TextChunk {
  readonly kind: OpenText['kind'];
  readonly messageId: string | null;
  readonly text: string;
}

/** Adds a chunk to the open message or thought, or closes that and opens another. */
export function appendText(state: TranscriptState, chunk: TextChunk, now: number): Step {
  if (chunk.text === '') return silently(state);
  const { openText } = state;
  const isSame =
    openText !== null &&
    openText.kind === chunk.kind &&
    (openText.messageId === chunk.messageId || chunk.messageId === null) &&
    openText.text.length < MAX_ITEM_CHARS;
  if (isSame) return grow(state, openText, { text: chunk.text, now });
  return inOrder(
    state,
    (before) => closeText(before, now),
    (before) => {
      const textCount = before.textCount + 1;
      const itemId = `${chunk.kind}:${textCount}`;
      const { kind, messageId } = chunk;
      const opened = { kind, itemId, messageId, at: now, text: '', flushedLength: 0, flushedAt: now };
      return grow({ ...before, textCount }, opened, { text: chunk.text, now });
    },
  );
}

/** Ends the open message or thought and writes it down as complete. */
export function closeText(state: TranscriptState, now: number): Step {
  const { openText } = state;
  if (openText === null) return silently(state);
  const entries = [{ kind: 'item', item: itemOf(openText, true) }] as const;
  const closed: Step = { state: { ...state, openText: null }, entries, deltas: [] };
  if (openText.kind === 'thought') return closed;
  const done = { ...state.done, lastMessage: openText.text };
  return inOrder(
    state,
    () => ({ ...closed, state: { ...closed.state, done } }),
    (after) => noteActivity(after, openText.text, now),
  );
}

/** Writes down what the open text has gained when it is due. */
export function flushText(state: TranscriptState, now: number): Step {
  const { openText } = state;
  if (openText === null) return silently(state);
  const gained = openText.text.length - openText.flushedLength;
  const isDue = gained >= FLUSH_CHARS || (gained > 0 && now - openText.flushedAt >= FLUSH_MS);
  if (!isDue) return silently(state);
  const flushed = { ...openText, flushedLength: openText.text.length, flushedAt: now };
  return {
    state: { ...state, openText: flushed },
    entries: [{ kind: 'item', item: itemOf(openText, false) }],
    deltas: [],
  };
}

function grow(state: TranscriptState, open: OpenText, gain: { text: string; now: number }): Step {
  const { kind, itemId } = open;
  const delta = { kind, itemId, offset: open.text.length, text: gain.text };
  const openText = { ...open, text: open.text + gain.text };
  const flushed = flushText({ ...state, openText }, gain.now);
  return { ...flushed, deltas: [delta] };
}

function itemOf({ kind, itemId, at, text }: OpenText, isComplete: boolean) {
  return { kind, itemId, at, text, isComplete };
}
