import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Answer } from './answer.ts';
import type { Dialect, StreamEvent } from './dialect.ts';
import { causeOf } from './refusal.ts';
import type { Fault, ModelTurn } from './scenario.ts';

/** Where one answer goes. `signal` aborts when the agent hangs up or the server stops. */
export interface Reply {
  readonly response: ServerResponse;
  readonly dialect: Dialect;
  readonly turn: ModelTurn;
  readonly signal: AbortSignal;
}

/** Sends an answer after `delayMs`, streamed if the agent asked for a stream. Gives up silently when it hangs up. */
export async function sendAnswer(reply: Reply, answer: Answer, delayMs: number): Promise<void> {
  const { response, dialect, turn } = reply;
  if (turn.stream) startStream(response);
  if (!(await waited(delayMs, reply.signal))) return;
  if (!turn.stream) return sendJson(response, 200, dialect.whole(answer, turn.model));
  for (const event of dialect.events(answer, turn.model)) response.write(frame(event));
  response.end();
}

/** Plays a fault. A stall keeps the connection open until the agent or the server ends it. */
export function sendFault(reply: Reply, fault: Fault, answer: Answer): void {
  const { response, dialect, turn } = reply;
  if (fault.kind === 'stall') return;
  if (fault.kind === 'status') {
    sendStatus(reply, fault);
    return;
  }
  startStream(response);
  const [first] = dialect.events(answer, turn.model);
  if (first !== undefined) response.write(frame(first));
  if (fault.kind === 'malformed') {
    response.end('data: {"choices":[{"delta":{"content":"never clo\n\n');
    return;
  }
  // The first frame must leave before the socket is destroyed, or the agent sees no stream at all.
  response.write(': cut\n\n', () => response.destroy());
}

/** Sends a JSON body. */
export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function sendStatus({ response, dialect, turn }: Reply, fault: Extract<Fault, { kind: 'status' }>): void {
  const { status, cause = causeOf(status), retryAfterSeconds } = fault;
  const refused = { status, cause, model: turn.model, retryAfterSeconds, now: Date.now() };
  const worded = dialect.failure(refused);
  for (const [name, value] of Object.entries(worded.headers)) response.setHeader(name, value);
  sendJson(response, worded.status, worded.body);
}

function startStream(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.flushHeaders();
}

function frame({ event, data }: StreamEvent): string {
  const text = typeof data === 'string' ? data : JSON.stringify(data);
  return `${event === undefined ? '' : `event: ${event}\n`}data: ${text}\n\n`;
}

async function waited(ms: number, signal: AbortSignal): Promise<boolean> {
  if (ms === 0) return !signal.aborted;
  return delay(ms, true, { signal }).catch(() => false);
}
