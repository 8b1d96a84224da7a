import type { Wire } from './wire.ts';

/** Where a reader's messages go: the connection, without anything about streams. */
export interface Sink {
  readonly wire: Wire;
  /** Hands one message to the connection. The buffer is shared with other readers and must not be changed. */
  send(message: Buffer): void;
  /** Bytes handed over that the other side has not taken yet. */
  unsentBytes(): number;
  /** Calls back whenever the connection has taken what it was given. */
  onDrain(listener: () => void): void;
  /** Closes after what was sent. */
  end(why: EndReason): void;
  /** Closes at once. */
  destroy(): void;
}

/** `done`: the server stops. `slow`: the reader was cut off. `signed_out`: its sign-in no longer holds. */
export type EndReason = 'done' | 'slow' | 'signed_out';
