import type { FastifyInstance } from 'fastify';
import { createApp } from './create-app.ts';
import { CONTRACT_DIALECT } from './dialect.ts';
import { handleFailures, handleUnknownRoutes } from './failures.ts';
import type { FunnelDeps } from './funnel.ts';
import type { HttpServerOptions } from './http-server-options.ts';
import { createOnce } from './idempotency.ts';
import { mountMcp } from './mcp/mount-mcp.ts';
import { mountHealth } from './mount-health.ts';
import { mountRoutes, ROUTE_NAMES } from './mount-routes.ts';
import { mountWeb } from './mount-web.ts';
import { mountSeed } from './seed-mount/mount-seed.ts';
import { SEED_PREFIX } from './seed-mount/spelling.ts';
import { createSignInLimit } from './sign-in-limit.ts';
import { mountRunnerSocket } from './streams/mount-runner-socket.ts';
import { mountStream } from './streams/mount-stream.ts';
import { createStreamHub, type StreamHub } from './streams/stream-hub.ts';

export interface HttpServer {
  /** Starts to listen; port 0 takes a free one. Resolves to the address people can open. */
  listen(host: string, port: number): Promise<{ readonly url: string }>;
  /** Ends streams and sockets, lets running requests finish and stops listening. Safe to call twice. */
  close(): Promise<void>;
  readonly app: FastifyInstance;
}

/** Requests and sockets that are not done this long after the server began to stop are cut off. */
const DRAIN_MS = 2_000;

/** The HTTP edge: REST, streams, the seed's mount, MCP, static files and health on one port. */
export function createHttpServer(options: HttpServerOptions): HttpServer {
  const app = createApp(options);
  const once = createOnce(options);
  const hub = createStreamHub({
    ...options,
    limits: options.streamLimits,
    onFailure: (error) => app.log.error({ err: error }, 'a stream failed'),
  });
  const limitSignIn = createSignInLimit(options.clock);
  handleFailures(app, CONTRACT_DIALECT);
  mountHealth(app, options);
  mountApi(app, { ...options, once, limitSignIn, hub });
  app.register(async (root) => mountMcp(root, { ...options, once }));
  mountWeb(app, options.webRoot);
  app.addHook('preClose', async () => {
    hub.close();
    setTimeout(() => cutOff(app), DRAIN_MS).unref();
  });
  return {
    app,
    listen: async (host, port) => {
      await app.listen({ host, port });
      return { url: urlOf(app, host) };
    },
    close: () => app.close(),
  };
}

function cutOff(app: FastifyInstance): void {
  app.server.closeAllConnections();
  for (const socket of app.websocketServer.clients) socket.terminate();
}

function mountApi(
  app: FastifyInstance,
  deps: HttpServerOptions & FunnelDeps & { readonly hub: StreamHub },
): void {
  app.register(
    async (api) => {
      handleUnknownRoutes(api, CONTRACT_DIALECT);
      mountRoutes(api, deps, { names: ROUTE_NAMES, dialect: CONTRACT_DIALECT });
      mountStream(api, deps);
      mountRunnerSocket(api, deps);
      api.register(async (seed) => mountSeed(seed, deps), { prefix: SEED_PREFIX });
    },
    { prefix: '/api' },
  );
}

function urlOf(app: FastifyInstance, host: string): string {
  const address = app.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const isEverywhere = host === '0.0.0.0' || host === '::';
  const name = isEverywhere ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}
