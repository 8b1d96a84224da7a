import type { Event } from './event.ts';
import type { RunGlance } from './run.ts';
import type { StoredItem, TextDelta } from './session.ts';
import type { WaitingReason } from './waiting.ts';

/**
 * One frame of `GET /api/stream`, the same over SSE (`event:` is `type`, `id:` is the cursor) and over WebSocket (one JSON text each).
 * Only `event` frames move the cursor. The others are live: missing one is healed by the next or by a snapshot.
 */
export type StreamFrame =
  | {
      readonly type: 'hello';
      readonly cursor: number;
      readonly heartbeatMs: number;
    }
  | { readonly type: 'event'; readonly event: Event }
  /** The reader is caught up with everything committed before it connected. */
  | { readonly type: 'live'; readonly cursor: number }
  | { readonly type: 'heartbeat'; readonly cursor: number; readonly at: number }
  /** The cursor is too old or the reader too slow: load a snapshot and stream from its cursor. */
  | { readonly type: 'truncated'; readonly cursor: number }
  | {
      readonly type: 'activity';
      readonly taskId: string;
      readonly run: RunGlance;
    }
  | {
      readonly type: 'waiting';
      readonly taskId: string;
      readonly waiting: WaitingReason | null;
    }
  | { readonly type: 'fleet' }
  | {
      readonly type: 'item';
      readonly sessionId: string;
      readonly stored: StoredItem;
    }
  | { readonly type: 'delta'; readonly delta: TextDelta };

/** What a WebSocket reader may send: which conversations it wants items and deltas of. */
export interface StreamRequest {
  readonly watch: readonly string[];
}

export const HEARTBEAT_MS = 5_000;
