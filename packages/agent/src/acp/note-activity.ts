import { oneLine } from './clip.ts';
import type { Step, TranscriptState } from './transcript-state.ts';
import { silently } from './transcript-state.ts';

const MAX_CHARS = 120;
const MIN_INTERVAL_MS = 1000;

/** Says in one line what the agent does now; at most once a second, the newest line wins. */
export function noteActivity(state: TranscriptState, text: string, now: number): Step {
  const line = oneLine(text, MAX_CHARS);
  if (line === '' || line === state.activity.shown) return silently(state);
  return flushActivity({ ...state, activity: { ...state.activity, waiting: line } }, now);
}

/** Shows the waiting line once its second has passed. */
export function flushActivity(state: TranscriptState, now: number): Step {
  const { waiting, shownAt } = state.activity;
  if (waiting === null || now - shownAt < MIN_INTERVAL_MS) return silently(state);
  return {
    state: { ...state, activity: { shown: waiting, shownAt: now, waiting: null } },
    entries: [{ kind: 'activity', text: waiting }],
    deltas: [],
  };
}
