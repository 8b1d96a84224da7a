import type { FastifyInstance } from 'fastify';
import { createApp } from './create-app.ts';
import { CONTRACT_DIALECT } from './dialect.ts';
import { handleFailures } from './failures.ts';
import type { FunnelDeps } from './funnel.ts';
import type { HttpServerOptions } from './http-server-options.ts';
import { createOnce } from './idempotency.ts';
import { mountHealth } from './mount-health.ts';
import { mountRoutes, ROUTE_NAMES } from './mount-routes.ts';
import { createSignInLimit } from './sign-in-limit.ts';

export interface HttpServer {
  /** Starts to listen; port 0 takes a free one. Resolves to the address people can open. */
  listen(host: string, port: number): Promise<{ readonly url: string }>;
  /** Ends streams and sockets, lets running requests finish and stops listening. Safe to call twice. */
  close(): Promise<void>;
  readonly app: FastifyInstance;
}

/** The HTTP edge: REST, streams, the seed's mount, MCP, static files and health on one port. */
export function createHttpServer(options: HttpServerOptions): HttpServer {
  const app = createApp(options);
  const once = createOnce(options);
  const funnel: FunnelDeps = { ...options, once, limitSignIn: createSignInLimit(options.clock) };
  mountHealth(app, options);
  app.register(
    async (api) => {
      handleFailures(api, CONTRACT_DIALECT);
      mountRoutes(api, funnel, { names: ROUTE_NAMES, dialect: CONTRACT_DIALECT });
    },
    { prefix: '/api' },
  );
  handleFailures(app, CONTRACT_DIALECT);
  return {
    app,
    listen: async (host, port) => {
      await app.listen({ host, port });
      return { url: urlOf(app, host) };
    },
    close: () => app.close(),
  };
}

function urlOf(app: FastifyInstance, host: string): string {
  const address = app.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const isEverywhere = host === '0.0.0.0' || host === '::';
  const name = isEverywhere ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}
