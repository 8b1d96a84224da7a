import { once } from 'node:events';
import { createServer } from 'node:net';

/** An event of opencode's HTTP server, whose type and properties follow opencode's own words. */
export interface SideEvent {
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** opencode's HTTP server beside ACP. */
export interface SideChannel extends AsyncDisposable {
  readonly events: readonly SideEvent[];
  /** The first event, past or coming, that `wants` accepts; rejects after 30 s. */
  readonly waitFor: (wants: (event: SideEvent) => boolean) => Promise<SideEvent>;
  readonly replyPermission: (id: string, answer: { reply: string; directory: string }) => Promise<number>;
}

/** A loopback port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Subscribes to all events of an opencode that has answered `initialize`. */
export async function openSideChannel(at: {
  readonly port: number;
  readonly password: string;
}): Promise<SideChannel> {
  const base = `http://127.0.0.1:${at.port}`;
  const headers = { authorization: `Basic ${btoa(`opencode:${at.password}`)}` };
  const stopping = new AbortController();
  const response = await fetch(`${base}/global/event`, { headers, signal: stopping.signal });
  if (response.body === null || !response.ok) throw new Error(`opencode answered ${response.status}.`);
  const events: SideEvent[] = [];
  const arrived = new EventTarget();
  // The stream breaks off when opencode ends; whoever still waits for an event then runs into the deadline.
  const reading = readEvents(response.body, (event) => {
    events.push(event);
    arrived.dispatchEvent(new Event('event'));
  }).catch(() => undefined);
  return {
    events,
    waitFor: async (wants) => {
      const deadline = AbortSignal.timeout(30_000);
      for (;;) {
        const found = events.find(wants);
        if (found !== undefined) return found;
        await once(arrived, 'event', { signal: deadline });
      }
    },
    replyPermission: async (id, { reply, directory }) => {
      const url = `${base}/permission/${id}/reply?directory=${encodeURIComponent(directory)}`;
      const json = { ...headers, 'content-type': 'application/json' };
      return (await fetch(url, { method: 'POST', headers: json, body: JSON.stringify({ reply }) })).status;
    },
    [Symbol.asyncDispose]: async () => {
      stopping.abort();
      await reading;
    },
  };
}

/** opencode waits before it asks the model again. ACP tells nothing of it. */
export function isRetry({ type, properties }: SideEvent, sessionId: string): boolean {
  if (type !== 'session.status' || properties.sessionID !== sessionId) return false;
  return field(properties.status, 'type') === 'retry';
}

/** A subagent's session was opened by this session. */
export function isChildOf({ type, properties }: SideEvent, sessionId: string): boolean {
  return type === 'session.created' && field(properties.info, 'parentID') === sessionId;
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;
}

async function readEvents(body: ReadableStream<Uint8Array>, see: (event: SideEvent) => void): Promise<void> {
  let pending = '';
  const decoder = new TextDecoder();
  for await (const chunk of body) {
    const frames = (pending + decoder.decode(chunk, { stream: true })).split('\n\n');
    pending = frames.pop() ?? '';
    for (const frame of frames)
      if (frame.startsWith('data:')) see(eventOf(JSON.parse(frame.slice(5)).payload));
  }
}

// Events that only synchronise opencode's own instances carry no properties.
function eventOf(payload: {
  readonly type: string;
  readonly properties?: SideEvent['properties'];
}): SideEvent {
  return { type: payload.type, properties: payload.properties ?? {} };
}
