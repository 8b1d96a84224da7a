import type { IncomingMessage } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { request as httpRequest } from '../../host/light-http.ts';
import { PermissionAsked, parseEvent } from './opencode-events.ts';
import type { Sessions, Signal } from './read-event.ts';
import { readEvent } from './read-event.ts';
import { sseReader } from './sse.ts';

export interface ChannelOptions {
  readonly port: number;
  readonly password: string;
  /** The session we opened over ACP. */
  readonly sessionId: string;
  readonly cwd: string;
  readonly onSignal: (signal: Signal) => void;
  readonly onTrouble: (text: string) => void;
}

/** opencode's own HTTP interface, which carries what its ACP leaves out. The main turn works without it. */
export interface OpencodeChannel {
  readonly reply: (permissionId: string, decision: 'once' | 'reject') => Promise<void>;
  readonly close: () => void;
}

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 5000;

/** Follows opencode's events until closed, and connects again whenever the stream breaks. */
export function openChannel(options: ChannelOptions): OpencodeChannel {
  const closing = new AbortController();
  void follow(options, closing.signal);
  const where = `directory=${encodeURIComponent(options.cwd)}`;
  return {
    reply: async (permissionId, decision) => {
      const path = `/permission/${encodeURIComponent(permissionId)}/reply?${where}`;
      const answer = await call(options, {
        path,
        body: JSON.stringify({ reply: decision }),
        signal: closing.signal,
      });
      answer.resume();
      if (answer.statusCode !== 200)
        throw new Error(`opencode answered ${answer.statusCode} to a permission reply`);
    },
    close: () => closing.abort(),
  };
}

async function follow(options: ChannelOptions, signal: AbortSignal): Promise<void> {
  let sessions: Sessions = { rootId: options.sessionId, spent: new Map(), startedBy: new Map() };
  const read = sseReader((text) => {
    const event = parseEvent(text);
    if (event === null) return;
    const reading = readEvent(sessions, event);
    sessions = reading.sessions;
    for (const one of reading.signals) options.onSignal(one);
  });
  for (let pauseMs = FIRST_PAUSE_MS; !signal.aborted; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    try {
      const stream = await call(options, { path: '/global/event', signal });
      pauseMs = FIRST_PAUSE_MS;
      await askedMeanwhile(options, signal);
      stream.setEncoding('utf8');
      for await (const chunk of stream) read(String(chunk));
    } catch (error) {
      if (signal.aborted) return;
      options.onTrouble(`opencode's event stream broke: ${String(error)}`);
    }
    await wait(pauseMs, undefined, { signal }).catch(() => undefined);
  }
}

/** Questions that were asked while nobody listened. */
async function askedMeanwhile(options: ChannelOptions, signal: AbortSignal): Promise<void> {
  const path = `/permission?directory=${encodeURIComponent(options.cwd)}`;
  const answer = await call(options, { path, signal });
  const chunks: Buffer[] = [];
  for await (const chunk of answer) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  const open = z.array(z.unknown()).parse(JSON.parse(Buffer.concat(chunks).toString('utf8')));
  for (const raw of open) {
    const { success, data: request } = PermissionAsked.safeParse(raw);
    if (success && request.sessionID !== options.sessionId) options.onSignal({ kind: 'asked', request });
  }
}

async function call(
  { port, password }: ChannelOptions,
  { path, body, signal }: { readonly path: string; readonly body?: string; readonly signal: AbortSignal },
): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const request = httpRequest({
    host: '127.0.0.1',
    port,
    path,
    method: body === undefined ? 'GET' : 'POST',
    auth: `opencode:${password}`,
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    agent: false,
    signal,
  });
  request.once('error', reject);
  request.once('response', resolve);
  request.end(body);
  return promise;
}
