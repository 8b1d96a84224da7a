import { setTimeout as wait } from 'node:timers/promises';
import type { FromRunner } from '@quarterdeck/contract/runner-protocol';
import type { WriteLog } from '../write-log.ts';
import { backOffMs, LONGEST_MS } from './back-off.ts';
import type { LinkListener, ServerSocket } from './server-socket.ts';
import { openServerSocket } from './server-socket.ts';

/** A connection that lasted this long was a good one, ms: the next loss starts with the shortest pause again. */
const STEADY_MS = 3_000;

/** The runner's way to the server, kept up for ever. */
export interface ServerLink {
  /** False when the server is not there: the frame was dropped, and what matters is sent again after the next welcome. */
  readonly send: (frame: FromRunner) => boolean;
  readonly isCongested: () => boolean;
  readonly stop: () => Promise<void>;
}

export interface LinkDeps {
  readonly serverUrl: string;
  readonly readToken: () => Promise<string | null>;
  readonly log: WriteLog;
  /** A server away for less than this, ms, is not worth a line: its supervisor is starting it. */
  readonly quietMs?: number;
  /** Longest pause between two attempts, ms. */
  readonly longestPauseMs?: number;
}

/** Connects, and connects again after every loss with growing pauses, until `stop`. */
export function startServerLink(deps: LinkDeps, listener: LinkListener): ServerLink {
  const stopping = new AbortController();
  let current: ServerSocket | null = null;
  const logChange = logChangesOnly(deps.log, deps.quietMs ?? 0);

  const connectOnce = async (): Promise<boolean> => {
    const token = await deps.readToken();
    if (stopping.signal.aborted) return false;
    if (token === null) {
      logChange('waiting for the server to write the runner token.');
      return false;
    }
    current = openServerSocket({ serverUrl: deps.serverUrl, token }, listener);
    const { wasWelcomed, reason } = await current.over;
    current = null;
    if (!stopping.signal.aborted) logChange(explainLoss(deps.serverUrl, reason));
    return wasWelcomed;
  };
  const keepConnected = async (): Promise<void> => {
    for (let attempt = 0; !stopping.signal.aborted; attempt += 1) {
      const openedAt = performance.now();
      if (await connectOnce()) logChange('');
      if (performance.now() - openedAt > STEADY_MS) attempt = 0;
      const pauseMs = backOffMs(attempt, Math.random(), deps.longestPauseMs ?? LONGEST_MS);
      await wait(pauseMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const isOver = keepConnected();
  return {
    send: (frame) => current?.send(frame) ?? false,
    isCongested: () => current?.isCongested() ?? false,
    stop: async () => {
      stopping.abort();
      current?.close();
      await isOver;
    },
  };
}

function explainLoss(serverUrl: string, reason: string): string {
  if (/\b40[13]\b/.test(reason)) {
    return `the server at ${serverUrl} refused this runner's token. Copy runner-token from the server's home folder, or set QUARTERDECK_RUNNER_TOKEN. Trying again.`;
  }
  return `no connection to the server at ${serverUrl} (${reason}). Agents go on working; trying again.`;
}

/** A server that is away for an hour should leave one line in the log, not a thousand. The empty text says that it is back. */
function logChangesOnly(log: WriteLog, quietMs: number): (text: string) => void {
  let last = '';
  let awaySince: number | null = null;
  return (text) => {
    awaySince = text === '' ? null : (awaySince ?? performance.now());
    if (awaySince !== null && performance.now() - awaySince < quietMs) return;
    if (text !== '' && text !== last) log(text);
    last = text;
  };
}
