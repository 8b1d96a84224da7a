import type { Sink } from './sink.ts';
import type { StreamLimits } from './stream-limits.ts';

/** Watches how much of what a reader was sent it has not taken yet. */
export interface Backpressure {
  /** More is unsent than may be: nothing further goes out until there is room. */
  isOverfull(): boolean;
  /** Waits until the connection has room; false when that takes too long or it is gone. */
  room(): Promise<boolean> | boolean;
  /** The connection is gone: whoever waits for room gets none. */
  close(): void;
}

export function watchBackpressure(sink: Sink, limits: StreamLimits): Backpressure {
  let isClosed = false;
  let wake: () => void = () => undefined;
  sink.onDrain(() => wake());
  const hasRoom = () => sink.unsentBytes() <= limits.resumeBytes;

  function waitForRoom(): Promise<boolean> {
    return new Promise((resolve) => {
      const settle = (outcome: boolean) => {
        clearTimeout(timer);
        wake = () => undefined;
        resolve(outcome);
      };
      const timer = setTimeout(() => settle(false), limits.slowReaderMs);
      wake = () => {
        if (isClosed || hasRoom()) settle(!isClosed);
      };
    });
  }

  return {
    isOverfull: () => sink.unsentBytes() > limits.maxUnsentBytes,
    room: () => (isClosed || hasRoom() ? !isClosed : waitForRoom()),
    close() {
      isClosed = true;
      wake();
    },
  };
}
