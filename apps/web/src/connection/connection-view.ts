import type { StreamState } from '@quarterdeck/client/cursor';

export type ConnectionView = 'live' | 'catching-up' | 'polling' | 'offline';

export interface ConnectionFacts {
  readonly stream: StreamState;
  /** Lost connections in a row since the stream was last live. */
  readonly failures: number;
  /** Whether the last poll was answered; null before the first. */
  readonly pollWorked: boolean | null;
  readonly isNetworkUp: boolean;
}

export const START: ConnectionFacts = {
  stream: 'connecting',
  failures: 0,
  pollWorked: null,
  isNetworkUp: true,
};

const FAILURES_BEFORE_POLLING = 3;

/** Whether the page asks for the board at intervals because the stream does not come back. */
export function shouldPoll({ failures, isNetworkUp }: ConnectionFacts): boolean {
  return failures >= FAILURES_BEFORE_POLLING && isNetworkUp;
}

/** What the dot says. `live` only while the stream has proved it; a lost stream without an answered poll is offline. */
export function connectionView(facts: ConnectionFacts): ConnectionView {
  if (facts.stream === 'live') return 'live';
  if (!facts.isNetworkUp) return 'offline';
  if (facts.stream === 'catching-up' || facts.failures === 0) return 'catching-up';
  if (!shouldPoll(facts)) return 'catching-up';
  return facts.pollWorked ? 'polling' : 'offline';
}

/** The facts after the stream changed its state. */
export function afterStream(facts: ConnectionFacts, stream: StreamState): ConnectionFacts {
  if (stream === 'live') return { ...facts, stream, failures: 0, pollWorked: null };
  return { ...facts, stream, failures: facts.failures + (stream === 'lost' ? 1 : 0) };
}
