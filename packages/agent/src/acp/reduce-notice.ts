import { isWhole, partNotices } from '../failures/agent-notices.ts';
import { noteActivity } from './note-activity.ts';
import { closeText } from './reduce-text.ts';
import type { Step, TranscriptState } from './transcript-state.ts';
import { inOrder } from './transcript-state.ts';

const AGAIN = /\b(?:retry(?:ing)?|reconnecting)\b/i;

/** Shows the notices at the start of a piece of a message beside the conversation, and hands back what is left of the piece. */
export function takeNotices(
  state: TranscriptState,
  piece: string,
  now: number,
): { readonly step: Step; readonly rest: string } | null {
  if (!isWhole(piece)) return null;
  const { notices, rest } = partNotices(piece);
  if (notices.length === 0) return null;
  const show = notices.map((text) => (before: TranscriptState) => showNotice(before, text, now));
  return { step: inOrder(state, (before) => closeText(before, now), ...show), rest };
}

function showNotice(state: TranscriptState, text: string, now: number): Step {
  const level = /^\W{0,3}(?:warning|auto mode)/i.test(text) ? 'warning' : 'note';
  const textCount = state.textCount + 1;
  const item = { kind: 'notice', itemId: `said:${textCount}`, at: now, level, text } as const;
  const shown = { state: { ...state, textCount }, entries: [{ kind: 'item', item } as const], deltas: [] };
  return inOrder(
    state,
    () => shown,
    (after) => noteActivity(after, AGAIN.test(text) ? `Waits for the model: ${text}` : text, now),
  );
}
