import type { IncomingMessage } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { request as httpRequest } from './light-http.ts';

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5000;
const RETRIED_STATUSES = new Set([502, 503, 504]);
const MAX_ANSWER_BYTES = 8 * 1024 * 1024;

export interface PatientRequest {
  readonly url: string;
  readonly method: string;
  /** Must hold an idempotency key: a repeated request may have been carried out before. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly patienceMs: number;
  readonly signal: AbortSignal;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Whole, or a stream when the server streams events. */
  readonly body: Buffer | IncomingMessage;
}

/**
 * Sends a request again and again, with growing pauses, while the server is away (refused, cut off, 502, 503, 504).
 * After `patienceMs` it hands on the last answer, or rejects with the last error.
 */
export async function forwardPatiently(request: PatientRequest): Promise<Answer> {
  const deadline = performance.now() + request.patienceMs;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    const isLast = performance.now() + pauseMs >= deadline;
    const answer = await attempt(request).catch((error: unknown) => {
      if (isLast || request.signal.aborted) throw error;
      return null;
    });
    if (answer !== null && (isLast || !RETRIED_STATUSES.has(answer.status))) return answer;
    await wait(pauseMs, undefined, { signal: request.signal });
  }
}

async function attempt({ url, method, headers, body, signal }: PatientRequest): Promise<Answer> {
  const send = url.startsWith('https:') ? (await import('node:https')).request : httpRequest;
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const outgoing = send(url, { method, headers, signal, agent: false });
  outgoing.once('error', reject);
  outgoing.once('response', resolve);
  outgoing.end(body);
  const incoming = await promise;
  const kept = { status: incoming.statusCode ?? 502, headers: keptHeaders(incoming) };
  const isStream = (incoming.headers['content-type'] ?? '').includes('text/event-stream');
  // An answer that breaks off half way is no answer; one that was not passed on yet can be asked for again.
  return { ...kept, body: isStream ? incoming : await wholeBody(incoming) };
}

async function wholeBody(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    if (!Buffer.isBuffer(chunk)) continue;
    size += chunk.length;
    if (size > MAX_ANSWER_BYTES) throw new Error('the answer is longer than 8 MiB');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function keptHeaders({ headers }: IncomingMessage): Record<string, string> {
  const names = [
    'content-type',
    'mcp-session-id',
    'mcp-protocol-version',
    'www-authenticate',
    'allow',
  ] as const;
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = headers[name];
      return typeof value === 'string' ? [[name, value]] : [];
    }),
  );
}
