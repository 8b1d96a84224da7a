import { EventEmitter } from 'node:events';
import type { Terminal } from '../command/terminal.ts';
import { runCli } from '../run-cli.ts';

export interface TerminalFixture {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly programFolder?: string;
  readonly now?: number;
}

/** A terminal that keeps what is written to it and lets a test wait for words. */
export function createFixtureTerminal(fixture: TerminalFixture = {}) {
  const written = { out: '', err: '' };
  const changes = new EventEmitter().setMaxListeners(0);
  const signals = new EventEmitter();
  const writer = (name: 'out' | 'err') => ({
    isTTY: fixture.isTTY ?? false,
    columns: fixture.columns,
    write: (text: string) => {
      written[name] += text;
      changes.emit('change');
    },
  });
  const terminal: Terminal = {
    stdout: writer('out'),
    stderr: writer('err'),
    readInput: async () => fixture.input ?? '',
    env: { QUARTERDECK_HOME: '/nonexistent', ...fixture.env },
    fetch: globalThis.fetch,
    now: () => fixture.now ?? 1_000_000_000_000,
    signals,
    programFolder: fixture.programFolder ?? '/nonexistent',
  };
  return {
    terminal,
    written,
    signals,
    run: (...args: readonly string[]) => runCli(args, terminal),
    /** Rejects after ten seconds. */
    until: (isTrue: (both: string) => boolean) =>
      new Promise<void>((resolve, reject) => {
        const check = () => {
          if (!isTrue(written.out + written.err)) return;
          clearTimeout(late);
          changes.off('change', check);
          resolve();
        };
        const late = setTimeout(() => {
          changes.off('change', check);
          reject(new Error(`never written; there is:\n${written.out}\n${written.err}`));
        }, 10_000);
        changes.on('change', check);
        check();
      }),
  };
}
