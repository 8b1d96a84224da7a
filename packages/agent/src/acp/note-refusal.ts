import { cleanReason } from '../failures/clean-reason.ts';
import type { Step, ToolItem, TranscriptState } from './transcript-state.ts';
import { silently } from './transcript-state.ts';

const MAX_REMEMBERED = 200;
const MAX_OUTPUT = 600;
/** How agents say that they did not run a command, which a command that failed does not print. */
const REFUSED =
  /command injection|command substitution|(?:was|is|been) (?:rejected|blocked|disallowed|not allowed)\b|not allowed (?:to run|for security|by)|blocked (?:by|for safety|for security)|rejected by (?:the )?(?:policy|sandbox|agent)|disallowed|cannot be (?:run|executed)|refused to (?:run|execute)/i;

/** Remembers that the call asked for under this id was allowed. */
export function noteAllowed(state: TranscriptState, askedAs: string): TranscriptState {
  const allowed = [...state.allowed, askedAs].slice(-MAX_REMEMBERED);
  return { ...state, allowed: new Set(allowed) };
}

/** Says that a call which was allowed was refused by the agent itself: whoever allowed it thinks that it ran. */
export function noteRefusal(
  state: TranscriptState,
  { askedAs, item }: { readonly askedAs: string; readonly item: ToolItem },
  now: number,
): Step {
  if (item.status !== 'failed' || !state.allowed.has(askedAs)) return silently(state);
  const output = item.output ?? '';
  const allowed = new Set([...state.allowed].filter((id) => id !== askedAs));
  const after = { ...state, allowed };
  if (output.length > MAX_OUTPUT || !REFUSED.test(output)) return silently(after);
  const textCount = after.textCount + 1;
  const text = `Allowed, but the agent refused: ${cleanReason(output)}`;
  const notice = { kind: 'notice', itemId: `said:${textCount}`, at: now, level: 'warning', text } as const;
  return { state: { ...after, textCount }, entries: [{ kind: 'item', item: notice }], deltas: [] };
}
