import type { FastifyInstance } from 'fastify';
import { sendRefusal } from '../answer.ts';
import { CONTRACT_DIALECT } from '../dialect.ts';
import { routeNotFound } from '../failures.ts';
import type { HttpServerOptions } from '../http-server-options.ts';
import { refuseSocket, socketEntry } from './socket-entry.ts';

type Deps = Pick<HttpServerOptions, 'authenticate' | 'allowedHosts' | 'publicOrigins' | 'onRunnerSocket'>;

/** Mounts the socket of runners, `GET /runner`. Anyone else's is closed. */
export function mountRunnerSocket(scope: FastifyInstance, deps: Deps): void {
  scope.route({
    method: 'GET',
    url: '/runner',
    onRequest: socketEntry(deps),
    handler: (request, reply) => sendRefusal(reply, routeNotFound(request), CONTRACT_DIALECT),
    wsHandler: (socket, { principal }) => {
      if (principal?.kind === 'runner') deps.onRunnerSocket(socket, principal);
      else refuseSocket(socket, 'this socket is for runners');
    },
  });
}
