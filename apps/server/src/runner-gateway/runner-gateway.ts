import { setImmediate } from 'node:timers/promises';
import type { RunnerId } from '@quarterdeck/contract/ids';
import { refuse } from '@quarterdeck/contract/refuse';
import type { Result } from '@quarterdeck/contract/result';
import { FromRunner, type RunnerQuery } from '@quarterdeck/contract/runner-protocol';
import { disconnectRunner } from '@quarterdeck/core/fleet';
import type { WebSocket } from 'ws';
import { deliverCommands } from './deliver-commands.ts';
import type { GatewayDeps } from './gateway-deps.ts';
import { createRunnerLink, type RunnerLink } from './runner-link.ts';
import { type OtherFrame, takeInFrame } from './take-in-frame.ts';
import { type LinesFrame, takeInLines } from './take-in-lines.ts';

/** Frames of lines in one transaction: as many as take about 10 ms. */
const MOST_TOGETHER = 64;

export interface RunnerGateway {
  /** Lets runners in; before this what they send waits. */
  open(): void;
  accept(socket: WebSocket, runner: { readonly runnerId: RunnerId }): void;
  /** Sends what waits in the outbox of these runners. */
  wake(runnerIds: readonly RunnerId[]): void;
  /** Asks the runner that has a run about its log or workspace. */
  query(runnerId: RunnerId, query: RunnerQuery): Promise<Result<unknown>>;
  close(): void;
}

/** The server's end of the runner protocol: one link a runner, its frames taken in one after the other. */
export function createRunnerGateway(deps: GatewayDeps): RunnerGateway {
  const links = new Map<RunnerId, RunnerLink>();
  const gate = Promise.withResolvers<void>();

  const flush = async (runnerId: RunnerId) => {
    const link = links.get(runnerId);
    if (link) await deliverCommands(deps, { link, runnerId });
  };

  return {
    open: () => gate.resolve(),
    accept(socket, { runnerId }) {
      const link = createRunnerLink(socket, runnerId, deps.onError);
      const register = () => {
        links.get(runnerId)?.close('the same runner connected again');
        links.set(runnerId, link);
      };
      const leave = async () => {
        if (links.get(runnerId) !== link) return;
        links.delete(runnerId);
        await disconnectRunner(deps, runnerId);
      };
      const intake = { ...deps, link, runnerId, register, flush: () => flush(runnerId) };
      readFrames(socket, {
        opened: gate.promise,
        take: (frame) => takeInFrame(intake, frame),
        takeLines: (frames) => takeInLines(intake, frames),
        leave,
        onError: deps.onError,
      });
    },
    wake(runnerIds) {
      for (const runnerId of runnerIds) flush(runnerId).catch(deps.onError);
    },
    async query(runnerId, query) {
      const link = links.get(runnerId);
      return link ? link.query(query) : refuse('runner_offline', { runnerId });
    },
    close() {
      for (const link of links.values()) link.close('the server is stopping');
    },
  };
}

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
function readFrames(socket: WebSocket, { opened, take, takeLines, leave, onError }: FrameReader): void {
  let queue = opened;
  let waiting: LinesFrame[] | null = null;
  const enqueue = (work: () => Promise<void>) => {
    queue = queue.then(work).catch((error: unknown) => {
      onError(error);
      socket.close(1011, 'a frame could not be taken in');
    });
  };
  const gather = (frame: LinesFrame) => {
    if (waiting !== null && waiting.length < MOST_TOGETHER) return void waiting.push(frame);
    const together = [frame];
    waiting = together;
    enqueue(async () => {
      // The database answers without a pause: others must get their turn, and more lines may be there afterwards.
      await setImmediate();
      if (waiting === together) waiting = null;
      await takeLines(together);
    });
  };
  const receive = (frame: FromRunner) => {
    if (frame.type === 'lines') return gather(frame);
    waiting = null;
    enqueue(() => take(frame));
  };
  socket.on('message', (bytes) => {
    const frame = FromRunner.safeParse(parseJson(String(bytes)));
    if (frame.success) receive(frame.data);
    else socket.close(1002, 'that is not a frame of the runner protocol');
  });
  socket.on('error', () => undefined);
  socket.once('close', () => enqueue(leave));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
