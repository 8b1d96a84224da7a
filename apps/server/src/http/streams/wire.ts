import type { Event } from '@quarterdeck/contract/event';
import type { StreamFrame } from '@quarterdeck/contract/stream';

/** How frames are written for one kind of reader. */
export interface Wire {
  /** The messages that carry these events, in order. */
  readonly events: (events: readonly Event[]) => readonly Buffer[];
  /** How many events a reader that catches up is given at a time. */
  readonly chunkSize: number;
  /** The message of any other frame; null when this kind of reader does not get it. */
  readonly frame: (frame: StreamFrame) => Buffer | null;
  /**
   * Whether a reader too far behind is told to load a snapshot. One that cannot be told gets everything from its cursor on,
   * however much that is, at the pace it reads.
   */
  readonly canTruncate: boolean;
}

/** Server-sent events, as chunks of an HTTP/1.1 body. Only `event` frames have an id, so that a reconnecting browser resumes after the last fact it saw. */
export const SSE_WIRE: Wire = {
  events: (events) => events.map((event) => sseMessage({ type: 'event', event }, `id: ${event.seq}\n`)),
  chunkSize: 1,
  frame: (frame) => sseMessage(frame, ''),
  canTruncate: true,
};

/** One JSON text per WebSocket message. */
export const SOCKET_WIRE: Wire = {
  events: (events) => events.map((event) => socketMessage({ type: 'event', event })),
  chunkSize: 1,
  frame: socketMessage,
  canTruncate: true,
};

function sseMessage(frame: StreamFrame, id: string): Buffer {
  const text = `event: ${frame.type}\n${id}data: ${JSON.stringify(frame)}\n\n`;
  return Buffer.from(`${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`);
}

/** What a message of server-sent events says, without the frame of its chunk. */
export function bodyOf(message: Buffer): Buffer {
  return message.subarray(message.indexOf('\n') + 1, -2);
}

function socketMessage(frame: StreamFrame): Buffer {
  return Buffer.from(JSON.stringify(frame));
}

/** Something sent to many readers: encoded once for each wire, at the first reader that needs it. */
export interface Shared {
  on(wire: Wire): readonly Buffer[];
}

/** Committed events to be sent to many readers. */
export function shareEvents(events: readonly Event[]): Shared {
  return share((wire) => wire.events(events));
}

/** A frame to be sent to many readers. */
export function shareFrame(frame: StreamFrame): Shared {
  return share((wire) => {
    const message = wire.frame(frame);
    return message ? [message] : [];
  });
}

function share(encode: (wire: Wire) => readonly Buffer[]): Shared {
  const encoded = new Map<Wire, readonly Buffer[]>();
  return {
    on(wire) {
      const known = encoded.get(wire);
      if (known) return known;
      const messages = encode(wire);
      encoded.set(wire, messages);
      return messages;
    },
  };
}
