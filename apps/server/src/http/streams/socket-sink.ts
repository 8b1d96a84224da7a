import type { WebSocket } from 'ws';
import type { EndReason, Sink } from './sink.ts';
import type { Wire } from './wire.ts';

/** Close codes a reader can tell apart: going away, try again later, policy. */
export const CLOSE_CODES: Record<EndReason, number> = { done: 1001, slow: 1013, signed_out: 1008 };

/** A WebSocket as a sink. */
export function openSocketSink(socket: WebSocket, wire: Wire): Sink {
  let drained: () => void = () => undefined;
  const onSent = () => drained();
  return {
    wire,
    send: (message) => {
      // A socket that is closing takes nothing more; its close event is on the way.
      if (socket.readyState === socket.OPEN) socket.send(message, { binary: false }, onSent);
    },
    unsentBytes: () => socket.bufferedAmount,
    onDrain: (listener) => {
      drained = listener;
    },
    end: (why) => socket.close(CLOSE_CODES[why]),
    destroy: () => socket.terminate(),
  };
}
