import { rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Server, Socket } from 'node:net';
import { createServer } from 'node:net';
import type { CommandId } from '@quarterdeck/contract/ids';
import type { RunCommand } from '@quarterdeck/contract/runner-protocol';
import type { TextDelta } from '@quarterdeck/contract/session';
import type { FromHost } from './frames.ts';
import { ToHost } from './frames.ts';
import type { Journal } from './journal.ts';
import { lineSplitter, MAX_FRAME_BYTES } from './ndjson.ts';

const READ_BYTES = 64 * 1024;

export interface RunnerOrders {
  /** Must have written the command down when it returns; carries it out once, however often it comes. */
  readonly onCommand: (commandId: CommandId, command: RunCommand) => void;
  readonly onBeat: () => void;
}

/** The host's end of its socket. One runner at a time: a newer connection replaces the older one. */
export interface RunnerSocket {
  readonly sendDelta: (delta: TextDelta) => void;
  /** Sends what is in the journal, then closes. Gives up after `deadlineMs`. */
  readonly finish: (deadlineMs: number) => Promise<void>;
}

interface Reader {
  readonly socket: Socket;
  /** Lines go out from the journal file, so a slow reader costs no memory and nothing can be sent before it is written. */
  readonly pump: () => Promise<void>;
}

/** Listens at `socketPath` for the runner, sends it journal lines from the `seq` it asks for, and takes its commands. */
export async function serveRunner(
  socketPath: string,
  journal: Journal,
  orders: RunnerOrders,
): Promise<RunnerSocket> {
  rmSync(socketPath, { force: true });
  let reader: Reader | null = null;
  const server = createServer((socket) => {
    takeFrames(socket, orders, (afterSeq) => {
      reader?.socket.destroy();
      reader = { socket, pump: journalPump(socket, journal, afterSeq) };
      void reader.pump();
    });
  });
  journal.onAppend(() => void reader?.pump());
  await listening(server, socketPath);
  return {
    sendDelta: (delta) => {
      // A delta is live only: a reader that lags gets the item from the journal.
      if (reader === null || reader.socket.destroyed || reader.socket.writableNeedDrain) return;
      reader.socket.write(frame({ type: 'delta', delta }));
    },
    finish: async (deadlineMs) => {
      server.close();
      if (reader !== null) await ended(reader, deadlineMs);
      rmSync(socketPath, { force: true });
    },
  };
}

function takeFrames(socket: Socket, orders: RunnerOrders, onHello: (afterSeq: number) => void): void {
  const take = (order: ToHost): void => {
    if (order.type === 'beat') orders.onBeat();
    if (order.type === 'hello') {
      socket.write(frame({ type: 'welcome', pid: process.pid }));
      onHello(order.afterSeq);
    }
    if (order.type === 'command') {
      orders.onCommand(order.commandId, order.command);
      socket.write(frame({ type: 'accepted', commandId: order.commandId }));
    }
  };
  const split = lineSplitter(MAX_FRAME_BYTES, (text) => take(ToHost.parse(JSON.parse(text))));
  socket.on('data', (chunk: Buffer) => {
    try {
      split(chunk);
    } catch (error) {
      // A frame we do not understand: the peer is broken or of another version. It sees the connection close.
      process.stderr.write(`The runner sent something unreadable: ${String(error)}\n`);
      socket.destroy();
    }
  });
  // The runner was killed or replaced; 'close' follows and nothing else is to be done.
  socket.on('error', () => undefined);
}

/** Makes a function that sends all lines after `afterSeq` that are in the journal file and were not sent yet. Resolves when it has. */
function journalPump(socket: Socket, journal: Journal, afterSeq: number): () => Promise<void> {
  let running: Promise<void> | null = null;
  let isWanted = false;
  const readOn = journalReader(journal.path, (line) => {
    const seq = Number(line.slice('{"seq":'.length, line.indexOf(',')));
    if (seq > afterSeq) socket.write(`{"type":"line","line":${line}}\n`);
  });
  const sendAll = async (): Promise<void> => {
    while (isWanted && !socket.destroyed) {
      isWanted = false;
      await readOn(() => drained(socket)).catch((error: unknown) => socket.destroy(new Error(String(error))));
    }
    running = null;
  };
  return () => {
    isWanted = true;
    running ??= sendAll();
    return running;
  };
}

/** Makes a function that hands on the lines that were added to the journal since its last call. */
function journalReader(path: string, onLine: (line: string) => void) {
  const split = lineSplitter(Number.MAX_SAFE_INTEGER, onLine);
  let offset = 0;
  return async (untilReady: () => Promise<void>): Promise<void> => {
    const file = await open(path, 'r');
    try {
      for (;;) {
        // A buffer of its own each time: the splitter keeps the unfinished end of what it is given.
        const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(READ_BYTES), 0, READ_BYTES, offset);
        if (bytesRead === 0) return;
        offset += bytesRead;
        split(buffer.subarray(0, bytesRead));
        await untilReady();
      }
    } finally {
      await file.close();
    }
  };
}

async function drained(socket: Socket): Promise<void> {
  if (!socket.writableNeedDrain || socket.destroyed) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  socket.once('drain', resolve);
  socket.once('close', resolve);
  await promise;
  socket.off('drain', resolve);
  socket.off('close', resolve);
}

async function ended({ socket, pump }: Reader, deadlineMs: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, deadlineMs);
  socket.once('close', resolve);
  if (socket.destroyed) resolve();
  void pump().then(() => socket.end());
  // The runner's half closes when it has read everything; until then the process must not leave.
  await promise;
  clearTimeout(timer);
  socket.destroy();
}

async function listening(server: Server, socketPath: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('listening', resolve);
  server.once('error', reject);
  server.listen(socketPath);
  await promise;
}

function frame(message: FromHost): string {
  return `${JSON.stringify(message)}\n`;
}
