import { HEARTBEAT_MS } from '@quarterdeck/contract/stream';

export interface StreamLimits {
  readonly heartbeatMs: number;
  /** Events read from the log at once while a reader catches up. */
  readonly pageSize: number;
  /** A reader further behind than this many events is told to load a snapshot instead. */
  readonly maxBehind: number;
  /** Above this nothing more is sent to a reader until it has drained to `resumeBytes`. */
  readonly maxUnsentBytes: number;
  readonly resumeBytes: number;
  /** How long a reader may take to drain before it is cut off. */
  readonly slowReaderMs: number;
}

export const STREAM_LIMITS: StreamLimits = {
  heartbeatMs: HEARTBEAT_MS,
  pageSize: 500,
  maxBehind: 20_000,
  maxUnsentBytes: 1024 * 1024,
  resumeBytes: 256 * 1024,
  slowReaderMs: 15_000,
};
