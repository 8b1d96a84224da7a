import { cleanReason } from '../failures/clean-reason.ts';
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

const RETRY =
  /\b(?:retry(?:ing)?|reconnect(?:ing)?|backing off|back-?off|attempt \d+ (?:of|failed)|waiting for the (?:rate )?limit)\b/i;

/** What an agent tells beside its session of trying its model again: the last such line is what it does now. */
export function noteRetry(state: TranscriptState, text: string, now: number): Step {
  const line = text
    .slice(-4000)
    .split('\n')
    .findLast((each) => RETRY.test(each));
  const reason = line === undefined ? '' : cleanReason(line);
  return reason === '' ? silently(state) : noteActivity(state, `Waits for the model: ${reason}`, now);
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
