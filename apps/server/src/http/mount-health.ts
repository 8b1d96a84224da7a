import type { FastifyInstance } from 'fastify';
import { sendJson } from './answer.ts';
import type { HttpServerOptions } from './http-server-options.ts';

/** Mounts what a supervisor asks: alive, ready (503 with the reason when not), and which version. */
export function mountHealth(
  app: FastifyInstance,
  { checks, version }: Pick<HttpServerOptions, 'checks' | 'version'>,
): void {
  app.get('/healthz', (_request, reply) => reply.header('Cache-Control', 'no-store').send('ok'));
  app.get('/readyz', async (_request, reply) => {
    const results = await checks();
    const isReady = Object.values(results).every(Boolean);
    return sendJson(reply, isReady ? 200 : 503, { ready: isReady, checks: results });
  });
  app.get('/version', (_request, reply) => sendJson(reply, 200, { version }));
}
