import type { StreamState } from '@quarterdeck/client/cursor';

export type ConnectionView = 'live' | 'catching-up' | 'polling' | 'offline';

export interface ConnectionFacts {
  readonly stream: StreamState;
  /** The stream was lost and several attempts to bring it back failed. */
  readonly isAway: boolean;
  /** Whether the last poll was answered; null before the first. */
  readonly pollWorked: boolean | null;
  readonly isNetworkUp: boolean;
}

export const START: ConnectionFacts = {
  stream: 'connecting',
  isAway: false,
  pollWorked: null,
  isNetworkUp: true,
};

/** How long a lost stream may take to come back before the page polls: about three attempts of its back-off. */
export const GRACE_MS = 1500;

/** Whether the page asks for the board at intervals because the stream does not come back. */
export function shouldPoll({ isAway }: ConnectionFacts): boolean {
  return isAway;
}

/** What the dot says. `live` only while the stream has proved it; a lost stream without an answered poll is offline. */
export function connectionView(facts: ConnectionFacts): ConnectionView {
  if (facts.stream === 'live') return 'live';
  // A server on this machine can be reached without a network, so an answered poll counts for more.
  if (facts.isAway && facts.pollWorked) return 'polling';
  if (!facts.isNetworkUp) return 'offline';
  return facts.stream === 'catching-up' || !facts.isAway ? 'catching-up' : 'offline';
}

/** The facts after the stream changed its state. */
export function afterStream(facts: ConnectionFacts, stream: StreamState): ConnectionFacts {
  return stream === 'live' ? { ...facts, stream, isAway: false, pollWorked: null } : { ...facts, stream };
}
