import { refuse } from '@quarterdeck/contract/errors';
import type { RunnerId } from '@quarterdeck/contract/ids';
import { FromRunner, type RunnerQuery } from '@quarterdeck/contract/runner-protocol';
import type { Result } from '@quarterdeck/contract/result';
import type { Dispatcher } from '@quarterdeck/core/dispatch';
import type { LiveBus } from '@quarterdeck/core/events';
import { disconnectRunner } from '@quarterdeck/core/fleet';
import type { Secrets } from '@quarterdeck/core/identity';
import type { Store } from '@quarterdeck/store';
import type { WebSocket } from 'ws';
import type { UseCaseDeps } from '../use-case-deps.ts';
import { takeInFrame } from './take-in-frame.ts';
import { createRunnerLink, type RunnerLink } from './runner-link.ts';

export interface GatewayDeps extends UseCaseDeps {
  readonly db: Store;
  readonly live: LiveBus;
  readonly secrets: Secrets;
  readonly dispatcher: () => Dispatcher;
  readonly onError: (error: unknown) => void;
}

export interface RunnerGateway {
  /** Lets runners in; before this their sockets wait. */
  open(): void;
  accept(socket: WebSocket, runner: { readonly runnerId: RunnerId; readonly name: string }): void;
  /** Sends what waits in the outbox of these runners. */
  wake(runnerIds: readonly RunnerId[]): void;
  /** Asks the runner that has a run about its log or workspace. */
  query(runnerId: RunnerId, query: RunnerQuery): Promise<Result<unknown>>;
  close(): void;
}

/** The server's end of the runner protocol: one link a runner, its frames taken in one after the other. */
export function createRunnerGateway(deps: GatewayDeps): RunnerGateway {
  const links = new Map<RunnerId, RunnerLink>();
  let letIn: () => void = () => undefined;
  const isOpen = new Promise<void>((resolve) => {
    letIn = resolve;
  });

  async function flush(runnerId: RunnerId): Promise<void> {
    const link = links.get(runnerId);
    if (!link) return;
    const pending = await deps.db.read((ports) => ports.commands.pendingFor(runnerId));
    for (const { commandId, runId, command } of pending) {
      if (link.sent.has(commandId)) continue;
      link.sent.add(commandId);
      link.ownRuns.add(runId);
      const filled =
        command.kind === 'start'
          ? { ...command, order: { ...command.order, token: deps.secrets.runToken(runId) } }
          : command;
      link.send({ type: 'command', commandId, runId, command: filled });
    }
  }

  function accept(socket: WebSocket, runner: { readonly runnerId: RunnerId; readonly name: string }): void {
    const { runnerId } = runner;
    const link = createRunnerLink(socket, runnerId);
    let queue: Promise<void> = isOpen;
    const enqueue = (work: () => Promise<void>) => {
      queue = queue.then(work).catch((error: unknown) => {
        deps.onError(error);
        link.close('a frame could not be taken in');
      });
    };
    const register = () => {
      links.get(runnerId)?.close('the same runner connected again');
      links.set(runnerId, link);
    };
    socket.on('message', (bytes) => {
      const frame = FromRunner.safeParse(parseJson(String(bytes)));
      if (!frame.success) return link.close('that is not a frame of the runner protocol');
      enqueue(() =>
        takeInFrame({ ...deps, link, runnerId, register, flush: () => flush(runnerId) }, frame.data),
      );
    });
    socket.on('error', () => undefined);
    socket.once('close', () => {
      if (links.get(runnerId) !== link) return;
      links.delete(runnerId);
      enqueue(() => disconnectRunner(deps, runnerId));
    });
  }

  return {
    open: () => letIn(),
    accept,
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

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
