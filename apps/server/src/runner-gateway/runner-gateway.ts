import type { RunnerId } from '@quarterdeck/contract/ids';
import { refuse } from '@quarterdeck/contract/refuse';
import type { Result } from '@quarterdeck/contract/result';
import type { RunnerQuery } from '@quarterdeck/contract/runner-protocol';
import { disconnectRunner } from '@quarterdeck/core/fleet';
import type { WebSocket } from 'ws';
import { deliverCommands } from './deliver-commands.ts';
import type { GatewayDeps } from './gateway-deps.ts';
import { readFrames } from './read-frames.ts';
import { createRunnerLink, type RunnerLink } from './runner-link.ts';
import { takeInFrame } from './take-in-frame.ts';
import { takeInLines } from './take-in-lines.ts';

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
