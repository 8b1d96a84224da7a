import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Terminal } from './terminal.ts';

export const DEFAULT_PORT = 4700;

/** Where the server is and how we prove who we are. */
export interface ServerPlace {
  /** Without a slash at its end. */
  readonly url: string;
  readonly token: string | undefined;
  readonly home: string;
}

/** The server named by `--url`, QUARTERDECK_URL or QUARTERDECK_HOST and QUARTERDECK_PORT, in this order. */
export function findServer(env: Terminal['env'], urlOption: string | undefined): ServerPlace {
  const home = homeFolder(env);
  const url = (urlOption ?? env['QUARTERDECK_URL'] ?? localUrl(env)).replace(/\/+$/, '');
  return { url, home, token: env['QUARTERDECK_TOKEN'] || ownerToken(home, url) };
}

/** Where this machine keeps Quarterdeck's database, tokens and workspaces. */
export function homeFolder(env: Terminal['env']): string {
  return env['QUARTERDECK_HOME'] || join(homedir(), '.quarterdeck');
}

/** The address a program on this machine reaches the server at, also when it listens on every address. */
export function reachableUrl(host: string, port: number | string): string {
  const name = host === '0.0.0.0' || host === '::' || host === '' ? '127.0.0.1' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}

function localUrl(env: Terminal['env']): string {
  return reachableUrl(env['QUARTERDECK_HOST'] ?? '', env['QUARTERDECK_PORT'] || DEFAULT_PORT);
}

/** The local owner's token must not travel to another machine, so it is only used for an address of this one. */
function ownerToken(home: string, url: string): string | undefined {
  if (!isLoopback(url)) return undefined;
  try {
    return readFileSync(join(home, 'owner-token'), 'utf8').trim() || undefined;
  } catch {
    return undefined;
  }
}

function isLoopback(url: string): boolean {
  const name = URL.parse(url)?.hostname ?? '';
  return name === 'localhost' || name === '[::1]' || /^127\./.test(name);
}
