import { setTimeout as wait } from 'node:timers/promises';
import type { HostConnection } from '@quarterdeck/agent/host/connection';
import { connectHost, isHostAlive } from '@quarterdeck/agent/host/connection';
import type { JournalLine } from '@quarterdeck/contract/journal';
import type { TextDelta } from '@quarterdeck/contract/session';

const RETRY_MS = 100;
/** A host that has written its last line closes by itself; it is not waited for longer than this. */
const FAREWELL_MS = 5_000;

export interface HostFollower {
  readonly newestSeq: () => number;
  readonly onLine: (line: JournalLine) => void;
  readonly onDelta: (delta: TextDelta) => void;
  readonly onConnected: (connection: HostConnection) => void;
  readonly onDisconnected: () => void;
}

/** Stays connected to the host of a run until the host is over or `signal` says to leave it alone. */
export async function followHost(runDir: string, follower: HostFollower, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const hasExited = await followOnce(runDir, follower, signal);
    if (hasExited || !(await isHostAlive(runDir))) return;
    await wait(RETRY_MS, undefined, { signal }).catch(() => undefined);
  }
}

/** True when the journal came to its end on this connection. */
async function followOnce(runDir: string, follower: HostFollower, signal: AbortSignal): Promise<boolean> {
  const closed = Promise.withResolvers<void>();
  let hasExited = false;
  let farewell: NodeJS.Timeout | undefined;
  const connection = await connectHost(runDir, {
    afterSeq: follower.newestSeq(),
    onLine: (line) => {
      follower.onLine(line);
      if (line.entry.kind !== 'exited') return;
      hasExited = true;
      farewell = setTimeout(closed.resolve, FAREWELL_MS);
    },
    onDelta: follower.onDelta,
    onClose: () => closed.resolve(),
  }).catch(() => null);
  // Nobody listens: the host is on its way up or down, which the caller finds out.
  if (connection === null) return false;
  signal.addEventListener('abort', connection.close, { once: true });
  if (signal.aborted) connection.close();
  follower.onConnected(connection);
  await closed.promise;
  clearTimeout(farewell);
  signal.removeEventListener('abort', connection.close);
  connection.close();
  follower.onDisconnected();
  return hasExited;
}
