import { HEARTBEAT_MS, type StreamFrame, type StreamRequest } from '@quarterdeck/contract/stream';
import { type BackOff, backOffMs, RECONNECT } from './back-off.ts';
import { cursorAfter, type StreamState, silenceLimitMs, stateAfter } from './cursor.ts';

export interface LiveSocketOptions {
  /** An empty string means this page's own origin. */
  readonly baseUrl: string;
  /** The cursor of the snapshot the reader starts from. */
  readonly since: number;
  /** After a `truncated` frame the stream goes on from that frame's cursor; the reader loads a snapshot meanwhile. */
  readonly onFrame: (frame: StreamFrame) => void;
  readonly onState: (state: StreamState) => void;
  readonly connect?: (url: string) => WebSocket;
  readonly backOff?: BackOff;
}

export interface LiveSocket {
  /** Names the sessions whose items and deltas are wanted from now on, instead of those named before. */
  readonly watch: (sessionIds: readonly string[]) => void;
  /** Tries now instead of waiting out the back-off, for when the network is known to be back. */
  readonly reconnect: () => void;
  /** The sequence number of the last event seen. */
  readonly cursor: () => number;
  readonly close: () => void;
}

interface Connection {
  socket: WebSocket | null;
  cursor: number;
  heartbeatMs: number;
  failures: number;
  watched: readonly string[];
  state: StreamState;
  retry: ReturnType<typeof setTimeout> | undefined;
  silence: ReturnType<typeof setTimeout> | undefined;
  isClosed: boolean;
}

/**
 * The server's stream over one WebSocket that comes back by itself. It stays `lost` from the first failure until the
 * server greets it again, so that a view can never look connected when it is not.
 */
export function openLiveSocket(options: LiveSocketOptions): LiveSocket {
  const connection: Connection = {
    socket: null,
    cursor: options.since,
    heartbeatMs: HEARTBEAT_MS,
    failures: 0,
    watched: [],
    state: 'connecting',
    retry: undefined,
    silence: undefined,
    isClosed: false,
  };
  options.onState('connecting');
  dial(options, connection);
  return {
    watch: (sessionIds) => {
      connection.watched = [...sessionIds];
      sendWatched(connection);
    },
    reconnect: () => {
      if (connection.state !== 'lost' || connection.socket) return;
      dial(options, connection);
    },
    cursor: () => connection.cursor,
    close: () => {
      connection.isClosed = true;
      drop(connection);
    },
  };
}

function dial(options: LiveSocketOptions, connection: Connection): void {
  drop(connection);
  const url = socketUrl(options.baseUrl, connection.cursor);
  const socket = options.connect?.(url) ?? new WebSocket(url);
  connection.socket = socket;
  expectFrame(options, connection);
  socket.addEventListener('open', () => {
    if (connection.socket === socket) sendWatched(connection);
  });
  socket.addEventListener('message', (message) => {
    if (connection.socket === socket) takeText(options, connection, String(message.data));
  });
  socket.addEventListener('close', () => {
    if (connection.socket === socket) lose(options, connection);
  });
  // Every error is followed by a close; without a listener Node would treat it as unhandled.
  socket.addEventListener('error', () => undefined);
}

function takeText(options: LiveSocketOptions, connection: Connection, text: string): void {
  const frame = JSON.parse(text) as StreamFrame;
  connection.cursor = cursorAfter(connection.cursor, frame);
  if (frame.type === 'hello') connection.heartbeatMs = frame.heartbeatMs;
  if (frame.type === 'live') connection.failures = 0;
  expectFrame(options, connection);
  setState(options, connection, stateAfter(frame) ?? connection.state);
  options.onFrame(frame);
}

function expectFrame(options: LiveSocketOptions, connection: Connection): void {
  clearTimeout(connection.silence);
  connection.silence = setTimeout(() => lose(options, connection), silenceLimitMs(connection.heartbeatMs));
}

function lose(options: LiveSocketOptions, connection: Connection): void {
  drop(connection);
  if (connection.isClosed) return;
  connection.failures += 1;
  const waitMs = backOffMs(options.backOff ?? RECONNECT, connection.failures);
  connection.retry = setTimeout(() => dial(options, connection), waitMs);
  setState(options, connection, 'lost');
}

function drop(connection: Connection): void {
  clearTimeout(connection.retry);
  clearTimeout(connection.silence);
  const { socket } = connection;
  connection.socket = null;
  socket?.close();
}

function setState(options: LiveSocketOptions, connection: Connection, state: StreamState): void {
  if (state === connection.state) return;
  connection.state = state;
  options.onState(state);
}

function sendWatched({ socket, watched }: Connection): void {
  if (socket?.readyState !== WebSocket.OPEN) return;
  socket.send(JSON.stringify({ watch: watched } satisfies StreamRequest));
}

function socketUrl(baseUrl: string, since: number): string {
  const url = new URL(`${baseUrl}/api/stream`, globalThis.location?.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  url.searchParams.set('since', String(since));
  return url.href;
}
