import type { JournalEntry } from '@quarterdeck/contract/journal';
import type { TextDelta, ToolKind, TranscriptItem } from '@quarterdeck/contract/session';
import type { UsageState } from './usage-state.ts';
import { NO_USAGE_YET } from './usage-state.ts';

export type ToolItem = Extract<TranscriptItem, { kind: 'tool' }>;
export type LiveText = Omit<TextDelta, 'sessionId'>;

/** The message or thought that is being written. */
export interface OpenText {
  readonly kind: 'message' | 'thought';
  readonly itemId: string;
  /** The agent's own id, when it gives one; another id means another message. */
  readonly messageId: string | null;
  readonly at: number;
  readonly text: string;
  readonly flushedLength: number;
  readonly flushedAt: number;
}

/** What the agent said of a call when it announced it. A request for permission adds nothing here: it is compared with this. */
export interface Announced {
  readonly title: string | null;
  readonly kind: ToolKind | null;
  readonly toolName: string | null;
  readonly rawInput: unknown;
  /** Every path that any of its updates named. */
  readonly paths: readonly string[];
  /** False when one of its updates had places that cannot be read. */
  readonly arePathsWhole: boolean;
  readonly isOpen: boolean;
}

export interface TrackedTool {
  readonly item: ToolItem;
  /** Null for a call that only a request for permission has named so far. */
  readonly announced: Announced | null;
  readonly turn: number;
  /** Has changes that are not in the journal yet. */
  readonly isDirty: boolean;
  readonly flushedAt: number;
}

/** What the normaliser remembers between updates. */
export interface TranscriptState {
  readonly turn: number;
  readonly textCount: number;
  readonly openText: OpenText | null;
  /** By the agent's tool call id, oldest first. */
  readonly tools: ReadonlyMap<string, TrackedTool>;
  readonly plan: string | null;
  readonly usage: UsageState;
  readonly activity: { readonly shown: string; readonly shownAt: number; readonly waiting: string | null };
  /** What was done in the turn so far. */
  readonly done: TurnWork;
  /** Tool calls that a person or a rule has allowed, by the id under which they were asked for. */
  readonly allowed: ReadonlySet<string>;
  /** When a limit ends that the agent told of beside its errors. */
  readonly limitResetAt: number | null;
}

/** What tells a turn of work from one in which an agent only said why it could not. */
export interface TurnWork {
  /** A tool call of the turn succeeded. */
  readonly hasWorked: boolean;
  /** The last message of the turn that is complete. */
  readonly lastMessage: string;
}

const NOTHING_DONE: TurnWork = { hasWorked: false, lastMessage: '' };

/** What one input leads to: the next state, entries for the journal, and text for those who watch live. */
export interface Step {
  readonly state: TranscriptState;
  readonly entries: readonly JournalEntry[];
  readonly deltas: readonly LiveText[];
}

export const EMPTY_TRANSCRIPT: TranscriptState = {
  turn: 0,
  textCount: 0,
  openText: null,
  tools: new Map(),
  plan: null,
  usage: NO_USAGE_YET,
  activity: { shown: '', shownAt: Number.NEGATIVE_INFINITY, waiting: null },
  done: NOTHING_DONE,
  allowed: new Set(),
  limitResetAt: null,
};

/** The state at the start of the next turn. */
export function nextTurn(state: TranscriptState): TranscriptState {
  return { ...state, turn: state.turn + 1, done: NOTHING_DONE };
}

/** What was done in the turn as it stands, with the message that is being written. */
export function workOf({ done, openText }: TranscriptState): TurnWork {
  return openText?.kind === 'message' ? { ...done, lastMessage: openText.text } : done;
}

/** A step that only changes the state. */
export function silently(state: TranscriptState): Step {
  return { state, entries: [], deltas: [] };
}

/** Runs steps one after the other and gathers what they produce. */
export function inOrder(
  state: TranscriptState,
  ...parts: readonly ((state: TranscriptState) => Step)[]
): Step {
  return parts.reduce<Step>((done, part) => {
    const next = part(done.state);
    return {
      state: next.state,
      entries: [...done.entries, ...next.entries],
      deltas: [...done.deltas, ...next.deltas],
    };
  }, silently(state));
}
