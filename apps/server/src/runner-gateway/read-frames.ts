import { setImmediate } from 'node:timers/promises';
import { FromRunner } from '@quarterdeck/contract/runner-protocol';
import type { RawData, WebSocket } from 'ws';
import type { OtherFrame } from './take-in-frame.ts';
import type { LinesFrame } from './take-in-lines.ts';

/** Frames of lines in one transaction: as many as take about 10 ms. */
const MOST_TOGETHER = 64;
/** Above this much that waits, bytes, nothing more is read: the runner then keeps the rest on its disk. */
const FULL_BYTES = 8 * 1024 * 1024;
const RELIEVED_BYTES = 1024 * 1024;

interface FrameReader {
  readonly opened: Promise<void>;
  readonly take: (frame: OtherFrame) => Promise<void>;
  /** Lines that came one after the other, without anything between them. */
  readonly takeLines: (frames: readonly LinesFrame[]) => Promise<void>;
  readonly leave: () => Promise<void>;
  readonly onError: (error: unknown) => void;
}

/**
 * Takes in frames in their order. Lines that wait for their turn are taken in together: the busier the server, the fewer its commits.
 * A frame that cannot be read or taken in closes the socket: the runner says it again.
 */
export function readFrames(
  socket: WebSocket,
  { opened, take, takeLines, leave, onError }: FrameReader,
): void {
  const load = measureLoad(socket);
  let queue = opened;
  let gathering: LinesFrame[] | null = null;
  const enqueue = (work: () => Promise<void>) => {
    queue = queue.then(work).catch((error: unknown) => {
      onError(error);
      socket.close(1011, 'a frame could not be taken in');
    });
  };
  const gather = (frame: LinesFrame) => {
    if (gathering !== null && gathering.length < MOST_TOGETHER) return void gathering.push(frame);
    const together = [frame];
    gathering = together;
    enqueue(async () => {
      // The database answers without a pause: others must get their turn, and more lines may be there afterwards.
      await setImmediate();
      if (gathering === together) gathering = null;
      await takeLines(together);
    });
  };
  const receive = (frame: FromRunner) => {
    if (frame.type === 'lines') return gather(frame);
    gathering = null;
    enqueue(() => take(frame));
  };
  socket.on('message', (bytes) => {
    const frame = FromRunner.safeParse(parseJson(String(bytes)));
    if (!frame.success) return socket.close(1002, 'that is not a frame of the runner protocol');
    receive(frame.data);
    load.add(bytes);
    void queue.then(() => load.remove(bytes));
  });
  socket.on('error', () => undefined);
  socket.once('close', () => enqueue(leave));
}

/** Stops reading a socket while too much of it waits. */
function measureLoad(socket: WebSocket) {
  let waiting = 0;
  const sizeOf = (bytes: RawData) =>
    Array.isArray(bytes) ? bytes.reduce((sum, part) => sum + part.length, 0) : bytes.byteLength;
  return {
    add(bytes: RawData) {
      waiting += sizeOf(bytes);
      if (waiting > FULL_BYTES) socket.pause();
    },
    remove(bytes: RawData) {
      waiting -= sizeOf(bytes);
      if (socket.isPaused && waiting < RELIEVED_BYTES) socket.resume();
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
