import type { SessionId } from '@quarterdeck/contract/ids';
import type { JournalEntry } from '@quarterdeck/contract/journal';
import type { TextDelta } from '@quarterdeck/contract/session';
import { noteAllowed } from '../acp/note-refusal.ts';
import { trackedTool } from '../acp/reduce-tool.ts';
import type { Step, TrackedTool, TranscriptState, TurnWork } from '../acp/transcript-state.ts';
import { EMPTY_TRANSCRIPT, workOf } from '../acp/transcript-state.ts';
import type { BoundedLog } from './bounded-log.ts';
import type { Journal } from './journal.ts';
import { renderEntry } from './render-entry.ts';

/** Takes what happens into the transcript, the journal and the log, in this order of truth. */
export interface Recorder {
  /** Runs a step of the normaliser on the state as it is now; false when the step knew nothing to do. */
  readonly apply: (step: (state: TranscriptState, now: number) => Step | null) => boolean;
  readonly append: (entry: JournalEntry) => void;
  readonly tool: (toolCallId: string) => TrackedTool | null;
  /** When a limit ends that the agent has told of. */
  readonly limitResetAt: () => number | null;
  /** What the agent has done in the turn so far. */
  readonly turnWork: () => TurnWork;
  /** Tells people something about the run, in the transcript. */
  readonly notice: (level: 'note' | 'warning' | 'error', text: string) => void;
  readonly log: (text: string) => void;
}

export interface RecorderDeps {
  readonly journal: Journal;
  readonly log: BoundedLog;
  readonly sessionId: SessionId;
  readonly now: () => number;
  readonly onDelta: (delta: TextDelta) => void;
}

/** Starts with an empty transcript. */
export function startRecorder({ journal, log, sessionId, now, onDelta }: RecorderDeps): Recorder {
  let state = EMPTY_TRANSCRIPT;
  let notices = 0;
  const line = (text: string): void => log.write(`${new Date(now()).toISOString()} ${text}\n`);
  const append = (entry: JournalEntry): void => {
    journal.append(entry);
    const text = renderEntry(entry);
    if (text !== null) line(text);
    if (entry.kind === 'permissionSettled' && entry.outcome === 'allowed')
      state = noteAllowed(state, entry.requestId.replace(/^p\d+:/, ''));
  };
  return {
    apply: (step) => {
      const done = step(state, Math.round(now()));
      if (done === null) return false;
      state = done.state;
      // Live text first: an item from the journal then replaces it.
      for (const delta of done.deltas) onDelta({ sessionId, ...delta });
      for (const entry of done.entries) append(entry);
      return true;
    },
    append,
    tool: (toolCallId) => trackedTool(state, toolCallId),
    limitResetAt: () => state.limitResetAt,
    turnWork: () => workOf(state),
    notice: (level, text) => {
      notices += 1;
      const item = {
        kind: 'notice',
        itemId: `notice:${notices}`,
        at: Math.round(now()),
        level,
        text,
      } as const;
      append({ kind: 'item', item });
    },
    log: line,
  };
}
