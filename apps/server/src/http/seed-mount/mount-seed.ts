import { ROUTES, type Route } from '@quarterdeck/contract/routes';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { WebSocket } from 'ws';
import { sendRefusal } from '../answer.ts';
import { secretOf } from '../credentials.ts';
import { handleFailures, handleUnknownRoutes, routeNotFound } from '../failures.ts';
import type { FunnelDeps } from '../funnel.ts';
import { mountRoutes, ROUTE_NAMES } from '../mount-routes.ts';
import { mayFollow, refuseSocket, socketEntry } from '../streams/socket-entry.ts';
import { openSocketSink } from '../streams/socket-sink.ts';
import type { StreamHub } from '../streams/stream-hub.ts';
import { seedHandlers } from './seed-handlers.ts';
import { SEED_WIRE } from './seed-wire.ts';
import { SEED_DIALECT } from './spelling.ts';

/** Mounts the board for clients of the seed: the same handlers through the same funnel, in the seed's spelling. */
export function mountSeed(scope: FastifyInstance, deps: FunnelDeps & { readonly hub: StreamHub }): void {
  handleFailures(scope, SEED_DIALECT);
  handleUnknownRoutes(scope, SEED_DIALECT);
  const names = ROUTE_NAMES.filter((name) => (ROUTES[name] as Route).seed);
  const funnel = { ...deps, handlers: seedHandlers(deps.handlers) };
  mountRoutes(scope, funnel, { names, dialect: SEED_DIALECT });
  scope.route({
    method: 'GET',
    url: '/events',
    onRequest: socketEntry(deps),
    handler: (request, reply) => sendRefusal(reply, routeNotFound(request), SEED_DIALECT),
    wsHandler: (socket, request) => streamSeedEvents(deps, socket, request),
  });
}

function streamSeedEvents(
  { authenticate, hub }: Pick<FunnelDeps, 'authenticate'> & { readonly hub: StreamHub },
  socket: WebSocket,
  request: FastifyRequest,
): void {
  if (!mayFollow(request.principal)) {
    refuseSocket(socket, 'sign in first');
    return;
  }
  const secret = secretOf(request) ?? '';
  const subscription = hub.open(openSocketSink(socket, SEED_WIRE), {
    since: readSince((request.query as Readonly<Record<string, unknown>>)['since']),
    isWelcome: async () => mayFollow(await authenticate(secret)),
  });
  socket.on('close', () => subscription.close());
}

/** A cursor that cannot be read means the beginning. */
export function readSince(text: unknown): number {
  const since = typeof text === 'string' && /^\s*\+?\d{1,15}\s*$/.test(text) ? Number(text) : 0;
  return Math.max(0, since);
}
