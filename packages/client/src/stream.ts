import { ERRORS } from '@quarterdeck/contract/errors';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';
import { HEARTBEAT_MS, type StreamFrame } from '@quarterdeck/contract/stream';
import { createParser } from 'eventsource-parser';
import { type BackOff, backOffMs, RECONNECT } from './back-off.ts';
import { readRefusal } from './call.ts';
import { cursorAfter, type StreamState, silenceLimitMs, stateAfter } from './cursor.ts';
import { pause } from './pause.ts';

export interface EventStreamOptions {
  readonly baseUrl: string;
  readonly token?: string | undefined;
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** The cursor of the snapshot the reader starts from. */
  readonly since: number;
  /** Sessions whose items and deltas are wanted. */
  readonly watch?: readonly string[];
  /** After a `truncated` frame the stream goes on from that frame's cursor; the reader loads a snapshot meanwhile. */
  readonly onFrame: (frame: StreamFrame) => void;
  readonly onState?: (state: StreamState) => void;
  readonly signal: AbortSignal;
  readonly backOff?: BackOff;
}

interface Reader {
  cursor: number;
  heartbeatMs: number;
  failures: number;
}

/**
 * Follows the server's stream over SSE, reconnecting from its cursor as often as needed. Ends ok when the signal
 * aborts, and with a refusal when the server will not serve this reader.
 */
export async function openEventStream(options: EventStreamOptions): Promise<Result<null>> {
  const reader: Reader = { cursor: options.since, heartbeatMs: HEARTBEAT_MS, failures: 0 };
  options.onState?.('connecting');
  while (!options.signal.aborted) {
    const refused = await readOnce(options, reader);
    if (options.signal.aborted) break;
    if (refused) return refused;
    reader.failures += 1;
    options.onState?.('lost');
    await pause(backOffMs(options.backOff ?? RECONNECT, reader.failures), options.signal).catch(
      () => undefined,
    );
  }
  return ok(null);
}

/** One connection, until it breaks (null) or is refused for good. */
async function readOnce(options: EventStreamOptions, reader: Reader) {
  const watchdog = startWatchdog(options.signal);
  watchdog.expect(silenceLimitMs(reader.heartbeatMs));
  try {
    const response = await connect(options, reader, watchdog.signal);
    if (!response) return null;
    if (!response.ok || !response.body) return await refusalOf(response, options.baseUrl);
    await readFrames(response.body, {
      onFrame: (frame) => takeFrame(options, reader, frame),
      onBytes: () => watchdog.expect(silenceLimitMs(reader.heartbeatMs)),
    });
    return null;
  } finally {
    watchdog.stop();
  }
}

function takeFrame(options: EventStreamOptions, reader: Reader, frame: StreamFrame): void {
  reader.cursor = cursorAfter(reader.cursor, frame);
  if (frame.type === 'hello') reader.heartbeatMs = frame.heartbeatMs;
  if (frame.type === 'live') reader.failures = 0;
  const state = stateAfter(frame);
  if (state) options.onState?.(state);
  options.onFrame(frame);
}

async function connect(options: EventStreamOptions, reader: Reader, signal: AbortSignal) {
  const headers: Record<string, string> = {
    Accept: 'text/event-stream',
    'Last-Event-ID': String(reader.cursor),
  };
  if (options.token) headers['Authorization'] = `Bearer ${options.token}`;
  const query = new URLSearchParams({ since: String(reader.cursor) });
  for (const sessionId of options.watch ?? []) query.append('session', sessionId);
  const request = options.fetch ?? globalThis.fetch;
  const init: RequestInit = { headers, signal, credentials: 'same-origin', cache: 'no-store' };
  return request(`${options.baseUrl}/api/stream?${query}`, init).catch(() => null);
}

/** A refusal that asking again will not change; null when it may. */
async function refusalOf(response: Response, baseUrl: string) {
  const reply: unknown = await response.json().catch(() => null);
  const refused = readRefusal(reply);
  if (refused) return ERRORS[refused.refusal.code].retryable ? null : refused;
  return response.status < 500 ? refuse('server_unreachable', { url: baseUrl }) : null;
}

interface FrameSink {
  readonly onFrame: (frame: StreamFrame) => void;
  readonly onBytes: () => void;
}

async function readFrames(body: ReadableStream<Uint8Array>, sink: FrameSink): Promise<void> {
  const decoder = new TextDecoder();
  const parser = createParser({ onEvent: ({ data }) => sink.onFrame(JSON.parse(data) as StreamFrame) });
  const source = body.getReader();
  for (;;) {
    const chunk = await source.read().catch(() => null);
    if (!chunk || chunk.done) return;
    parser.feed(decoder.decode(chunk.value, { stream: true }));
    sink.onBytes();
  }
}

interface Watchdog {
  readonly signal: AbortSignal;
  /** Aborts when nothing more is expected within `ms` of now. */
  readonly expect: (ms: number) => void;
  readonly stop: () => void;
}

function startWatchdog(outer: AbortSignal): Watchdog {
  const silence = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    signal: AbortSignal.any([outer, silence.signal]),
    expect: (ms) => {
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), ms);
    },
    // Aborting also closes a connection whose reader left because a frame could not be used.
    stop: () => {
      clearTimeout(timer);
      silence.abort();
    },
  };
}
