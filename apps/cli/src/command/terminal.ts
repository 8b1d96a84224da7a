import type { EventEmitter } from 'node:events';

export interface Writer {
  write(text: string | Uint8Array): unknown;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

/** All a command touches outside itself, so that tests can run commands without a process of their own. */
export interface Terminal {
  readonly stdout: Writer;
  readonly stderr: Writer;
  /** Standard input to its end. */
  readonly readInput: () => Promise<string>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly fetch: typeof globalThis.fetch;
  readonly now: () => number;
  /** Emits SIGINT, SIGTERM and SIGHUP. */
  readonly signals: Pick<EventEmitter, 'on' | 'off'>;
  /** The folder that holds server.mjs and runner.mjs. */
  readonly programFolder: string;
}

/** Runs `work` with a signal that aborts at the first Ctrl-C or SIGTERM, instead of the process ending on the spot. */
export async function untilInterrupted<T>(
  terminal: Terminal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const interrupted = new AbortController();
  const interrupt = () => interrupted.abort();
  terminal.signals.on('SIGINT', interrupt);
  terminal.signals.on('SIGTERM', interrupt);
  try {
    return await work(interrupted.signal);
  } finally {
    terminal.signals.off('SIGINT', interrupt);
    terminal.signals.off('SIGTERM', interrupt);
  }
}
