// One connection to the server: hello, welcome, beats, and the watch over a server that falls silent.
import type { RunId } from '@quarterdeck/contract/ids';
import type { FromRunner } from '@quarterdeck/contract/runner-protocol';
import { WebSocket } from 'ws';
import type { Hello, ServerFrame, Welcome } from './frames.ts';
import { decodeFrame } from './frames.ts';
import { readMemory } from './read-memory.ts';

/** Above this many unsent bytes nothing that can be read from disk later is put into the socket. */
const CONGESTED_BYTES = 4 * 1024 * 1024;
const RELIEVED_BYTES = 1024 * 1024;
const WELCOME_DEADLINE_MS = 15_000;
const MAX_FRAME_BYTES = 64 * 1024 * 1024;
const SILENT_HEARTBEATS = 3;
const CLOSE_PATIENCE_MS = 500;

export interface LinkListener {
  /** Asked for on each connection. */
  readonly hello: () => Promise<Hello>;
  readonly onWelcome: (welcome: Welcome) => void;
  readonly onFrame: (frame: ServerFrame) => void;
  /** A congested connection can take frames again. */
  readonly onDrain: () => void;
  /** A welcomed connection is gone. */
  readonly onDown: () => void;
  readonly liveRuns: () => readonly RunId[];
}

export interface ServerSocket {
  /** False when the server has not welcomed this connection or it is gone: the frame was dropped. */
  readonly send: (frame: FromRunner) => boolean;
  readonly isCongested: () => boolean;
  readonly close: () => void;
  /** Resolves when the connection is over, also one that never opened. */
  readonly over: Promise<{ readonly wasWelcomed: boolean; readonly reason: string }>;
}

/** Opens one connection to `<serverUrl>/api/runner`. Never rejects; `over` says how it ended. */
export function openServerSocket(
  target: { readonly serverUrl: string; readonly token: string },
  listener: LinkListener,
): ServerSocket {
  const socket = new WebSocket(`${target.serverUrl.replace(/^http/, 'ws')}/api/runner`, {
    headers: { authorization: `Bearer ${target.token}` },
    handshakeTimeout: WELCOME_DEADLINE_MS,
    maxPayload: MAX_FRAME_BYTES,
    perMessageDeflate: false,
  });
  const patience = watchSilence(socket);
  const outlet = openOutlet(socket, { onProgress: patience.renew, onDrain: listener.onDrain });
  let isWelcomed = false;
  let beats: NodeJS.Timeout | null = null;

  const welcome = (frame: Welcome): void => {
    isWelcomed = true;
    patience.allow(frame.heartbeatMs * SILENT_HEARTBEATS);
    beats = setInterval(
      () => outlet.write({ type: 'beat', runs: [...listener.liveRuns()], memory: readMemory() }),
      frame.heartbeatMs,
    );
    listener.onWelcome(frame);
  };
  socket.on(
    'open',
    () => void listener.hello().then(outlet.write, (error: Error) => socket.emit('error', error)),
  );
  socket.on('message', (content) => {
    patience.renew();
    const frame = decodeFrame(String(content));
    if (frame?.type === 'welcome') welcome(frame);
    else if (frame !== null && isWelcomed) listener.onFrame(frame);
  });
  const over = untilClosed(socket).then((reason) => {
    patience.end();
    if (beats) clearInterval(beats);
    if (isWelcomed) listener.onDown();
    return { wasWelcomed: isWelcomed, reason };
  });
  return {
    send: (frame) => isWelcomed && outlet.write(frame),
    isCongested: outlet.isCongested,
    close: () => {
      socket.close(1000);
      setTimeout(() => socket.terminate(), CLOSE_PATIENCE_MS).unref();
    },
    over,
  };
}

function openOutlet(
  socket: WebSocket,
  on: { readonly onProgress: () => void; readonly onDrain: () => void },
) {
  let wasCongested = false;
  const afterWrite = (): void => {
    // Frames that wait move only when the other side reads: it lives, though its answers come behind all of them.
    if (socket.bufferedAmount > 0) on.onProgress();
    if (!wasCongested || socket.bufferedAmount > RELIEVED_BYTES) return;
    wasCongested = false;
    if (socket.readyState === WebSocket.OPEN) on.onDrain();
  };
  return {
    write: (frame: FromRunner): boolean => {
      if (socket.readyState !== WebSocket.OPEN) return false;
      socket.send(JSON.stringify(frame), afterWrite);
      return true;
    },
    isCongested: (): boolean => {
      if (socket.bufferedAmount > CONGESTED_BYTES) wasCongested = true;
      return wasCongested;
    },
  };
}

/** A server that hangs keeps its socket open for ever: dropping it is what leads to one that answers. */
function watchSilence(socket: WebSocket) {
  const give = (ms: number): NodeJS.Timeout => setTimeout(() => socket.terminate(), ms);
  let timer = give(WELCOME_DEADLINE_MS);
  const end = (): void => clearTimeout(timer);
  return {
    renew: () => void timer.refresh(),
    allow: (ms: number) => {
      end();
      timer = give(ms);
    },
    end,
  };
}

function untilClosed(socket: WebSocket): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  let reason = '';
  socket.on('error', (error) => {
    reason = error.message;
    socket.terminate();
  });
  socket.on('close', (code, text) => resolve(reason || String(text) || `closed with code ${code}`));
  return promise;
}
