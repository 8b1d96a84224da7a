import type { StreamFrame } from '@quarterdeck/contract/stream';

/** `catching-up` sees what it missed, `live` sees what happens now, `lost` tries to come back. */
export type StreamState = 'connecting' | 'catching-up' | 'live' | 'lost';

/** Where a reader stands after a frame. Only events move it; a truncated reader starts again from the frame's cursor. */
export function cursorAfter(cursor: number, frame: StreamFrame): number {
  if (frame.type === 'event') return Math.max(cursor, frame.event.seq);
  return frame.type === 'truncated' ? frame.cursor : cursor;
}

/** The state a frame proves, or null when it proves none. */
export function stateAfter(frame: StreamFrame): StreamState | null {
  if (frame.type === 'hello') return 'catching-up';
  return frame.type === 'live' ? 'live' : null;
}

/** Silence longer than this means the connection is dead, even if the network has not noticed. */
export function silenceLimitMs(heartbeatMs: number): number {
  return heartbeatMs * 2.5;
}
