import type * as acp from '@agentclientprotocol/sdk/unstable';

/** One JSON-RPC message on the wire, with the side that sent it. */
export interface WireMessage {
  readonly from: 'client' | 'agent';
  readonly message: acp.AnyMessage;
}

/** Both directions of a connection, recorded. */
export interface WireTap {
  readonly stream: acp.Stream;
  readonly wire: readonly WireMessage[];
  /** The first message, past or coming, that `wants` accepts; rejects after `timeoutMs` (30 s). */
  readonly waitFor: (wants: (seen: WireMessage) => boolean, timeoutMs?: number) => Promise<WireMessage>;
}

/** Puts a recorder between a client and its agent. */
export function tapWire(inner: acp.Stream): WireTap {
  const wire: WireMessage[] = [];
  const listeners = new Set<(seen: WireMessage) => void>();
  const record = (seen: WireMessage): void => {
    wire.push(seen);
    for (const listener of listeners) listener(seen);
  };
  const outgoing = passing((message) => record({ from: 'client', message }));
  // A broken pipe means that the agent died; the connection reports that by itself.
  outgoing.readable.pipeTo(inner.writable).catch(() => undefined);
  const incoming = inner.readable.pipeThrough(passing((message) => record({ from: 'agent', message })));
  return {
    wire,
    stream: { writable: outgoing.writable, readable: incoming },
    waitFor: async (wants, timeoutMs = 30_000) => wire.find(wants) ?? nextOf(listeners, wants, timeoutMs),
  };
}

function passing(see: (message: acp.AnyMessage) => void): TransformStream<acp.AnyMessage, acp.AnyMessage> {
  return new TransformStream({
    transform: (message, controller) => {
      see(message);
      controller.enqueue(message);
    },
  });
}

function nextOf(
  listeners: Set<(seen: WireMessage) => void>,
  wants: (seen: WireMessage) => boolean,
  timeoutMs: number,
): Promise<WireMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<WireMessage>();
  const timer = setTimeout(
    () => reject(new Error(`The awaited ACP message did not come in ${timeoutMs} ms.`)),
    timeoutMs,
  );
  const listener = (seen: WireMessage): void => {
    if (wants(seen)) resolve(seen);
  };
  listeners.add(listener);
  return promise.finally(() => {
    clearTimeout(timer);
    listeners.delete(listener);
  });
}
