import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { WebSocket } from 'ws';
import { z } from 'zod';
import { sendRefusal } from '../answer.ts';
import { checkAccess, identify, secretOf } from '../credentials.ts';
import { CONTRACT_DIALECT } from '../dialect.ts';
import type { HttpServerOptions } from '../http-server-options.ts';
import { mayFollow, refuseSocket, socketEntry } from './socket-entry.ts';
import { openSocketSink } from './socket-sink.ts';
import { openSseSink } from './sse-sink.ts';
import type { StreamHub, Subscriber } from './stream-hub.ts';
import { SOCKET_WIRE } from './wire.ts';

export interface MountStreamDeps
  extends Pick<HttpServerOptions, 'authenticate' | 'allowedHosts' | 'publicOrigins'> {
  readonly hub: StreamHub;
}

const MAX_WATCHED = 100;
const MAX_MESSAGE_BYTES = 64 * 1024;
const sessionIds = z.array(z.string().min(1).max(64)).max(MAX_WATCHED);
const StreamMessage = z.object({ watch: sessionIds });
const Cursor = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

/** Mounts `GET /stream`: server-sent events, and the same frames over WebSocket when the request is an upgrade. */
export function mountStream(scope: FastifyInstance, deps: MountStreamDeps): void {
  scope.route({
    method: 'GET',
    url: '/stream',
    onRequest: socketEntry(deps),
    handler: (request, reply) => streamSse(deps, request, reply),
    wsHandler: (socket, request) => streamSocket(deps, socket, request),
  });
}

async function streamSse(
  deps: MountStreamDeps,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const asked = await admitReader(deps, request);
  if (!asked.ok) return sendRefusal(reply, asked.refusal, CONTRACT_DIALECT);
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (value !== undefined) reply.raw.setHeader(name, value);
  }
  reply.hijack();
  // Whoever left while we looked up who they are will not tell us again that they have.
  if (reply.raw.destroyed) return reply;
  const subscription = deps.hub.open(openSseSink(reply.raw), subscriberOf(deps, request, asked.value.since));
  subscription.watch(asked.value.watch);
  reply.raw.on('close', () => subscription.close());
  reply.raw.on('error', () => subscription.close());
  return reply;
}

async function admitReader(deps: MountStreamDeps, request: FastifyRequest): Promise<Result<Asked>> {
  const principal = await identify(deps.authenticate, request);
  if (!principal.ok) return principal;
  const allowed = checkAccess(principal.value, { access: 'viewer' });
  return allowed.ok ? readAsked(request) : allowed;
}

function streamSocket(deps: MountStreamDeps, socket: WebSocket, request: FastifyRequest): void {
  const asked = mayFollow(request.principal) ? readAsked(request) : refuse('sign_in_required');
  if (!asked.ok) {
    refuseSocket(socket, asked.refusal.message);
    return;
  }
  const subscriber = subscriberOf(deps, request, asked.value.since);
  const subscription = deps.hub.open(openSocketSink(socket, SOCKET_WIRE), subscriber);
  subscription.watch(asked.value.watch);
  socket.on('close', () => subscription.close());
  socket.on('message', (message) => {
    const sessions = readMessage(String(message));
    if (sessions) subscription.watch(sessions);
    else refuseSocket(socket, 'expected {"watch": ["s_…"]}');
  });
}

function subscriberOf(deps: MountStreamDeps, request: FastifyRequest, since: number | null): Subscriber {
  const secret = secretOf(request) ?? '';
  return { since, isWelcome: async () => mayFollow(await deps.authenticate(secret)) };
}

interface Asked {
  readonly since: number | null;
  readonly watch: readonly string[];
}

/** A browser that reconnects repeats its first `?since=` but knows better in `Last-Event-ID`. */
function readAsked(request: FastifyRequest): Result<Asked> {
  const query = request.query as Readonly<Record<string, unknown>>;
  const given = request.headers['last-event-id'] ?? query['since'];
  const since = given === undefined || given === '' ? null : Cursor.safeParse(given);
  if (since && !since.success) {
    return refuse('invalid_input', { reason: 'since: expected the sequence number of an event' });
  }
  const watch = sessionIds.safeParse([query['session'] ?? []].flat());
  if (!watch.success) {
    return refuse('invalid_input', { reason: `session: expected at most ${MAX_WATCHED} session ids` });
  }
  return ok({ since: since?.data ?? null, watch: watch.data });
}

function readMessage(text: string): readonly string[] | null {
  if (text.length > MAX_MESSAGE_BYTES) return null;
  try {
    return StreamMessage.parse(JSON.parse(text)).watch;
  } catch {
    return null;
  }
}
