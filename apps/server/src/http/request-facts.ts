import type { Principal } from '@quarterdeck/contract/identity';
import type { FastifyRequest } from 'fastify';
import type { Addressing } from './request-origin.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who makes the request; null until the funnel has admitted it. */
    principal: Principal | null;
  }
}

/** From where and to whom a request was sent, as its headers and connection say. */
export function addressingOf(request: FastifyRequest): Addressing {
  return {
    host: request.headers.host,
    origin: request.headers.origin,
    localAddress: request.socket.localAddress,
  };
}

/** The path of a request without its query, which can carry a token. */
export function pathOf(request: FastifyRequest): string {
  return (request.url.split('?', 1)[0] ?? '/').slice(0, 500);
}
