import { randomUUID } from 'node:crypto';
import type { HostConnection } from '@quarterdeck/agent/host/connection';
import { CommandId } from '@quarterdeck/contract/ids';
import { describeError } from '../write-log.ts';
import { endHost, killHost } from './end-processes.ts';
import type { HostFollower } from './follow-host.ts';
import { followHost } from './follow-host.ts';
import type { LiveRun, RunDeps } from './live-run.ts';
import { storeTimedOut } from './run-folder.ts';
import { remainingMs, startTimeLimit, uptimeMs } from './time-limit.ts';

/** A host that was asked to stop and does not is killed after this long. */
const STOP_PATIENCE_MS = 60_000;

/** Accompanies a run's host to its end: lines and deltas to the server, commands to the host, and the time limit. */
export async function followRun(deps: RunDeps, run: LiveRun): Promise<void> {
  const { signal } = run.leaving;
  const endWatch = watchTimeLimit(deps, run);
  try {
    if (!run.hasExited) await followHost(run.folder.path, followerOf(deps, run), signal);
    if (!signal.aborted) await endHost(run.folder);
  } finally {
    endWatch();
  }
}

function followerOf(deps: RunDeps, run: LiveRun): HostFollower {
  return {
    newestSeq: run.feed.newestSeq,
    onLine: (line) => {
      if (line.entry.kind === 'exited') run.hasExited = true;
      run.feed.offer(line);
    },
    onDelta: (delta) => {
      if (!run.feed.isLive() || deps.link.isCongested()) return;
      run.feed.flush();
      deps.link.send({ type: 'delta', runId: run.folder.runId, delta });
    },
    onConnected: (connection) => {
      run.connection = connection;
      run.commands.attach(connection);
      if (run.endBecause !== null) askToStop(connection, run.endBecause);
    },
    onDisconnected: () => {
      run.connection = null;
      run.commands.detach();
    },
  };
}

/** Ends a run by the runner's own decision: asks its host, and kills it when that does not help. */
export function endRun(deps: RunDeps, run: LiveRun, because: string): void {
  if (run.endBecause !== null) return;
  run.endBecause = because;
  if (run.connection !== null) askToStop(run.connection, because);
  const force = (): void => {
    killHost(run.folder).catch((error: unknown) => deps.log(`${run.folder.runId}: ${describeError(error)}`));
  };
  const timer = setTimeout(force, STOP_PATIENCE_MS);
  run.leaving.signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
}

function askToStop(connection: HostConnection, because: string): void {
  const commandId = CommandId.parse(`c_${randomUUID().replaceAll('-', '')}`);
  // Lost with the connection? The next one is asked again, and in the end the host is killed.
  connection.send({ commandId, command: { kind: 'stop', because } }).catch(() => undefined);
}

function watchTimeLimit(deps: RunDeps, run: LiveRun): () => void {
  const limitMs = run.stored.order.maxRuntimeMs;
  const startedAt = run.workspace?.preparedAtUptimeMs ?? uptimeMs();
  return startTimeLimit(run.hasTimedOut ? 0 : remainingMs(limitMs, startedAt, uptimeMs()), () => {
    run.hasTimedOut = true;
    storeTimedOut(run.folder)
      .catch((error: unknown) => deps.log(`${run.folder.runId}: ${describeError(error)}`))
      .finally(() => endRun(deps, run, 'The time limit of the run was reached.'));
  });
}
