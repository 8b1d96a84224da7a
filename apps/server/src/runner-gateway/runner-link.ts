import { randomUUID } from 'node:crypto';
import type { CommandId, RunId } from '@quarterdeck/contract/ids';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';
import type { FromRunner, RunnerQuery, ToRunner } from '@quarterdeck/contract/runner-protocol';
import type { MemoryReading } from '@quarterdeck/core/fleet';
import type { WebSocket } from 'ws';

/** Time a runner has for answering, ms. A landing checks out a whole repository, and keeping may add one. */
const QUERY_TIMEOUT_MS = { log: 30_000, diff: 30_000, land: 10 * 60_000, remove: 60_000, keep: 10 * 60_000 };

/** One open socket to a runner, with what was already sent over it. */
export interface RunnerLink {
  readonly runnerId: string;
  readonly sent: Set<CommandId>;
  /** Commands may go out: a runner that was not welcomed yet would not hear them. */
  isWelcomed: boolean;
  /** Runs known to belong to this runner. */
  readonly ownRuns: Set<RunId>;
  /** The reading of its machine's memory that was kept last. */
  memory: MemoryReading | null;
  send(frame: ToRunner): void;
  query(query: RunnerQuery): Promise<Result<unknown>>;
  answer(reply: Extract<FromRunner, { type: 'reply' }>): void;
  close(because: string): void;
}

export function createRunnerLink(
  socket: WebSocket,
  runnerId: string,
  onError: (error: unknown) => void,
): RunnerLink {
  const waiting = new Map<string, (result: Result<unknown>) => void>();
  const offline = () => refuse('runner_offline', { runnerId });
  socket.once('close', () => {
    for (const settle of waiting.values()) settle(offline());
    waiting.clear();
  });
  const send = (frame: ToRunner) => {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(frame));
  };
  return {
    runnerId,
    sent: new Set(),
    isWelcomed: false,
    ownRuns: new Set(),
    memory: null,
    send,
    query(query) {
      if (socket.readyState !== socket.OPEN) return Promise.resolve(offline());
      const queryId = randomUUID();
      return new Promise((resolve) => {
        const timer = setTimeout(() => settle(offline()), QUERY_TIMEOUT_MS[query.kind]);
        const settle = (result: Result<unknown>) => {
          clearTimeout(timer);
          waiting.delete(queryId);
          resolve(result);
        };
        waiting.set(queryId, settle);
        send({ type: 'query', queryId, query });
      });
    },
    answer({ queryId, value, error }) {
      const settle = waiting.get(queryId);
      if (!settle) return;
      if (!error) return settle(ok(value));
      if (error.code === 'internal')
        onError(new Error(`runner ${runnerId} could not answer ${queryId}: ${error.message}`));
      settle(refuse(error.code, { requestId: queryId, taskId: 'this task', reason: error.message }));
    },
    close: (because) => socket.close(1000, because),
  };
}
