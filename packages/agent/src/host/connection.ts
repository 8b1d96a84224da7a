import { once } from 'node:events';
import type { Socket } from 'node:net';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { CommandId } from '@quarterdeck/contract/ids';
import type { JournalLine } from '@quarterdeck/contract/journal';
import type { RunCommand } from '@quarterdeck/contract/runner-protocol';
import type { TextDelta } from '@quarterdeck/contract/session';
import type { ToHost } from './frames.ts';
import { FromHost } from './frames.ts';
import { isSameProcessAlive, readIdentity } from './identity.ts';
import { completeLines, JOURNAL_FILE, parseLine } from './journal-file.ts';
import { lineSplitter, MAX_FRAME_BYTES } from './ndjson.ts';
import { socketPathFor } from './socket-path.ts';

export interface HostListener {
  /** Journal lines with a `seq` above this are sent, each once, in order. */
  readonly afterSeq: number;
  readonly onLine: (line: JournalLine) => void;
  readonly onDelta: (delta: TextDelta) => void;
  /** Called once, also after `close()`. The host itself may live on. */
  readonly onClose: (error: Error | null) => void;
}

/** A runner's line to a host. */
export interface HostConnection {
  /**
   * Resolves when the host has written the command down, after which it is carried out once even when sent again.
   * Rejects when the connection ends first: send it again on the next one.
   */
  readonly send: (order: { readonly commandId: CommandId; readonly command: RunCommand }) => Promise<void>;
  /** Renews the lease. */
  readonly beat: () => void;
  readonly close: () => void;
}

interface Waiting {
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** Connects to the host of a run. Rejects when nobody listens there. A newer connection replaces an older one. */
export async function connectHost(runDir: string, listener: HostListener): Promise<HostConnection> {
  const socket = connect(socketPathFor(runDir));
  await once(socket, 'connect');
  const waiting = new Map<string, Waiting[]>();
  const write = (frame: ToHost): void => void socket.write(`${JSON.stringify(frame)}\n`);
  listen(socket, listener, waiting);
  write({ type: 'hello', afterSeq: listener.afterSeq });
  return {
    send: ({ commandId, command }) => {
      if (socket.destroyed) return Promise.reject(closedError(null));
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      waiting.set(commandId, [...(waiting.get(commandId) ?? []), { resolve, reject }]);
      write({ type: 'command', commandId, command });
      return promise;
    },
    beat: () => {
      if (!socket.destroyed) write({ type: 'beat' });
    },
    close: () => socket.destroy(),
  };
}

function listen(socket: Socket, listener: HostListener, waiting: Map<string, Waiting[]>): void {
  let lastSeq = listener.afterSeq;
  let failure: Error | null = null;
  const take = (frame: FromHost): void => {
    if (frame.type === 'delta') listener.onDelta(frame.delta);
    if (frame.type === 'accepted') {
      for (const { resolve } of waiting.get(frame.commandId) ?? []) resolve();
      waiting.delete(frame.commandId);
    }
    if (frame.type === 'line' && frame.line.seq > lastSeq) {
      lastSeq = frame.line.seq;
      listener.onLine(frame.line);
    }
  };
  const split = lineSplitter(MAX_FRAME_BYTES, (text) => take(FromHost.parse(JSON.parse(text))));
  socket.on('data', (chunk: Buffer) => {
    try {
      split(chunk);
    } catch (error) {
      socket.destroy(error instanceof Error ? error : new Error(String(error)));
    }
  });
  socket.on('error', (error) => {
    failure = error;
  });
  socket.on('close', () => {
    for (const { reject } of [...waiting.values()].flat()) reject(closedError(failure));
    waiting.clear();
    listener.onClose(failure);
  });
}

function closedError(cause: Error | null): Error {
  return new Error('The connection to the agent host ended.', { cause });
}

/**
 * Reads the journal of a run from disk, in order, lines with a `seq` above `afterSeq`. Ends at the first line that is torn
 * or does not follow the one before it; nothing when there is no journal.
 */
export async function* readJournal(runDir: string, afterSeq: number): AsyncGenerator<JournalLine> {
  let last = 0;
  for await (const text of completeLines(join(runDir, JOURNAL_FILE))) {
    const line = parseLine(text);
    if (line === null || line.seq !== last + 1) return;
    last = line.seq;
    if (line.seq > afterSeq) yield line;
  }
}

/** Whether the host of a run still lives: same boot, same pid, same start time, and not a zombie. */
export async function isHostAlive(runDir: string): Promise<boolean> {
  const identity = await readIdentity(runDir);
  return identity !== null && isSameProcessAlive(identity);
}
