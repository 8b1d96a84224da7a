import type { Step, TranscriptState } from './transcript-state.ts';
import { silently } from './transcript-state.ts';
import type { UsageState } from './usage-state.ts';

const MIN_INTERVAL_MS = 1000;

/** Changes the usage and writes it down, at most once a second. */
export function changeUsage(
  state: TranscriptState,
  change: (usage: UsageState) => UsageState,
  now: number,
): Step {
  return flushUsage({ ...state, usage: change(state.usage) }, now, MIN_INTERVAL_MS);
}

/** Writes the usage down when it changed and its last entry is at least `minIntervalMs` old. */
export function flushUsage(state: TranscriptState, now: number, minIntervalMs: number): Step {
  const { usage, shown, shownAt } = state.usage;
  if (JSON.stringify(usage) === JSON.stringify(shown) || now - shownAt < minIntervalMs)
    return silently(state);
  return {
    state: { ...state, usage: { ...state.usage, shown: usage, shownAt: now } },
    entries: [{ kind: 'usage', usage }],
    deltas: [],
  };
}
