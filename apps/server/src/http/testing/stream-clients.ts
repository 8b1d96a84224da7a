import type { StreamFrame } from '@quarterdeck/contract/stream';
import WebSocket from 'ws';

/** Waits until the condition holds; fails after five seconds. */
export async function until(holds: () => boolean, what: string): Promise<void> {
  const deadline = Date.now() + 5_000;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`waited in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

export interface SseClient extends Disposable {
  readonly frames: StreamFrame[];
  /** `id:` lines in the order they came. */
  readonly ids: number[];
  readonly response: Response;
  isEnded(): boolean;
}

/** Reads server-sent events until disposed. */
export async function openSse(
  url: string,
  headers: Readonly<Record<string, string>> = { Authorization: 'Bearer owner-secret' },
): Promise<SseClient> {
  const abort = new AbortController();
  const response = await fetch(url, { headers, signal: abort.signal });
  const frames: StreamFrame[] = [];
  const ids: number[] = [];
  let isEnded = false;
  const reading = (async () => {
    let rest = '';
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const messages = (rest + chunk).split('\n\n');
      rest = messages.pop() ?? '';
      for (const message of messages) {
        frames.push(JSON.parse(/^data: (.*)$/m.exec(message)?.[1] ?? 'null'));
        const id = /^id: (\d+)$/m.exec(message)?.[1];
        if (id) ids.push(Number(id));
      }
    }
  })();
  reading.then(
    () => {
      isEnded = true;
    },
    () => {
      isEnded = true;
    },
  );
  return { frames, ids, response, isEnded: () => isEnded, [Symbol.dispose]: () => abort.abort() };
}

export interface SocketClient<Frame> extends Disposable {
  readonly frames: Frame[];
  readonly socket: WebSocket;
  /** Resolves with the code the socket was closed with. */
  readonly closed: Promise<number>;
}

/** Opens a WebSocket and collects what comes. Rejects when the upgrade is refused, with the HTTP status in the message. */
export async function openSocket<Frame = StreamFrame>(
  url: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<SocketClient<Frame>> {
  const socket = new WebSocket(url.replace(/^http/, 'ws'), { headers });
  const frames: Frame[] = [];
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  socket.on('message', (message) => frames.push(JSON.parse(String(message))));
  await new Promise<void>((resolve, reject) => {
    socket.on('open', resolve);
    socket.on('error', reject);
  });
  return { frames, socket, closed, [Symbol.dispose]: () => socket.terminate() };
}

/** Sequence numbers of the events among the frames. */
export function seqsOf(frames: readonly StreamFrame[]): number[] {
  return frames.flatMap((frame) => (frame.type === 'event' ? [frame.event.seq] : []));
}

/** from … to, both included. */
export function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
}
