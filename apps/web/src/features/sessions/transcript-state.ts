import type {
  Session,
  StoredItem,
  TextDelta,
  Transcript,
  TranscriptItem,
} from '@quarterdeck/contract/session';

/** A conversation as far as it is known. */
export interface TranscriptState {
  readonly session: Session | null;
  /** In the order of the conversation. */
  readonly items: readonly StoredItem[];
  /** All revisions up to this one are in `items`. */
  readonly rev: number;
  /** Something is missing: ask the server for what was written after `rev`. */
  readonly hasGap: boolean;
}

export const NO_TRANSCRIPT: TranscriptState = { session: null, items: [], rev: 0, hasGap: false };

/** Takes the server's answer in. Text that was streamed further than the answer reaches is kept. */
export function mergeTranscript(state: TranscriptState, transcript: Transcript): TranscriptState {
  const items = transcript.items.reduce(putItem, state.items);
  return { session: transcript.session, items, rev: Math.max(state.rev, transcript.rev), hasGap: false };
}

/** Takes one stored item in. A revision that was skipped leaves a gap, and `rev` stays where it was until it is filled. */
export function applyItem(state: TranscriptState, stored: StoredItem): TranscriptState {
  if (stored.rev <= state.rev) return state;
  const items = putItem(state.items, stored);
  const isNext = stored.rev === state.rev + 1;
  return isNext ? { ...state, items, rev: stored.rev } : { ...state, items, hasGap: true };
}

function putItem(items: readonly StoredItem[], stored: StoredItem): readonly StoredItem[] {
  const at = items.findLastIndex(({ item }) => item.itemId === stored.item.itemId);
  const known = items[at];
  if (known) {
    if (known.rev > stored.rev) return items;
    const next = items.with(at, { ...stored, item: longerText(known.item, stored.item) });
    return known.ordinal === stored.ordinal ? next : next.toSorted(byOrdinal);
  }
  const isLast = (items.at(-1)?.ordinal ?? -1) < stored.ordinal;
  return isLast ? [...items, stored] : [...items, stored].toSorted(byOrdinal);
}

const byOrdinal = (left: StoredItem, right: StoredItem) => left.ordinal - right.ordinal;

/** An unfinished text may have been streamed further than it was stored. */
function longerText(known: TranscriptItem, stored: TranscriptItem): TranscriptItem {
  if (stored.kind !== 'message' && stored.kind !== 'thought') return stored;
  if (stored.isComplete || known.kind !== stored.kind) return stored;
  return known.text.length > stored.text.length && known.text.startsWith(stored.text)
    ? { ...stored, text: known.text }
    : stored;
}

/** Adds text that is being written now: what is known already is dropped, a hole asks for the whole. */
export function applyDelta(state: TranscriptState, delta: TextDelta, now: number): TranscriptState {
  const at = state.items.findLastIndex(({ item }) => item.itemId === delta.itemId);
  const stored = state.items[at];
  if (!stored) return delta.offset === 0 ? startText(state, delta, now) : { ...state, hasGap: true };
  const { item } = stored;
  if ((item.kind !== 'message' && item.kind !== 'thought') || item.isComplete) return state;
  const known = item.text.length;
  if (delta.offset > known) return { ...state, hasGap: true };
  const fresh = delta.text.slice(known - delta.offset);
  if (fresh === '') return state;
  return { ...state, items: state.items.with(at, { ...stored, item: { ...item, text: item.text + fresh } }) };
}

/** A text nobody has stored yet stands at the end, at a revision that any stored one replaces. */
function startText(state: TranscriptState, delta: TextDelta, now: number): TranscriptState {
  const ordinal = (state.items.at(-1)?.ordinal ?? -1) + 0.5;
  const { itemId, kind, text } = delta;
  const stored: StoredItem = { ordinal, rev: 0, item: { itemId, kind, text, at: now, isComplete: false } };
  return { ...state, items: [...state.items, stored] };
}

/** Whether the agent is at work, as the newest turn says. */
export function isWorking({ items, session }: TranscriptState): boolean {
  const turn = items.findLast(({ item }) => item.kind === 'turn')?.item;
  return turn?.kind === 'turn' ? turn.phase === 'started' : session?.turn === 'working';
}

/** The agent's own checklist, as it last wrote it. */
export function latestPlan({ items }: TranscriptState) {
  const plan = items.findLast(({ item }) => item.kind === 'plan')?.item;
  return plan?.kind === 'plan' && plan.entries.length > 0 ? plan.entries : null;
}
