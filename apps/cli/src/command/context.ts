import { type Client, createClient } from '@quarterdeck/client/call';
import type { Refused } from '@quarterdeck/contract/result';
import { createPaint, type Paint, wantsColour } from '../output/paint.ts';
import { findServer, type ServerPlace } from './server-place.ts';
import type { Terminal } from './terminal.ts';

/** Exit code of the process, or the refusal that decides it. */
export type Outcome = number | Refused;

export interface GlobalOptions {
  readonly json?: boolean;
  readonly url?: string;
}

/** What every command gets. */
export interface Context {
  readonly terminal: Terminal;
  readonly isJson: boolean;
  readonly paint: Paint;
  readonly place: ServerPlace;
  readonly client: Client;
}

/** The context of one command line. */
export function createContext(terminal: Terminal, options: GlobalOptions): Context {
  const place = findServer(terminal.env, options.url);
  return {
    terminal,
    place,
    isJson: options.json ?? false,
    paint: createPaint(wantsColour(terminal.stdout, terminal.env)),
    client: createClient({ baseUrl: place.url, token: place.token, fetch: terminal.fetch }),
  };
}

/** Prints the reply itself with `--json`, otherwise the text for people. */
export function print(context: Context, reply: unknown, text: () => string): number {
  const output = context.isJson ? JSON.stringify(reply, null, 2) : text();
  context.terminal.stdout.write(`${output}\n`);
  return 0;
}
