import type { ServerResponse } from 'node:http';
import type { Sink } from './sink.ts';
import { SSE_WIRE } from './wire.ts';

/** Turns a response into an event stream that no proxy on the way may hold back or recode. */
export function openSseSink(response: ServerResponse): Sink {
  response.socket?.setNoDelay(true);
  response.writeHead(200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-cache, no-store, no-transform',
    'X-Accel-Buffering': 'no',
    Connection: 'keep-alive',
  });
  response.flushHeaders();
  return {
    wire: SSE_WIRE,
    send: (message) => {
      response.write(message);
    },
    unsentBytes: () => response.writableLength,
    onDrain: (listener) => {
      response.on('drain', listener);
    },
    end: () => {
      response.end();
    },
    destroy: () => {
      response.destroy();
    },
  };
}
