import { readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sendRefusal } from './answer.ts';
import { CONTRACT_DIALECT } from './dialect.ts';
import { routeNotFound } from './failures.ts';
import { pathOf } from './request-facts.ts';

/** Files the build names after their content, so that a name never changes what it means. */
const HASHED = `${sep}assets${sep}`;
const NOT_BUILT = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Quarterdeck</title>
<h1>The web app is not built yet</h1>
<p>The server is running, but there is no web app to show. Stop it, run <code>npm run build</code> in the
Quarterdeck folder, and start it again.</p>
</html>
`;

/**
 * Mounts the built web app. Its pages are routes of the app itself, so every unknown path that is no API answers with
 * `index.html`, which is asked for anew each time; hashed files are kept for good.
 */
export function mountWeb(app: FastifyInstance, webRoot: string): void {
  app.register(async (web) => serveFiles(web, webRoot));
  app.setNotFoundHandler((request, reply) =>
    isPage(request)
      ? sendIndex(webRoot, reply)
      : sendRefusal(reply, routeNotFound(request), CONTRACT_DIALECT),
  );
}

function serveFiles(web: FastifyInstance, webRoot: string): void {
  const failed = web.errorHandler;
  web.setErrorHandler((error: FastifyError, request, reply) => {
    // A path that is no file's: a folder, `..`, or another spelling of a name.
    const isNoFile = error.statusCode !== undefined && error.statusCode < 500;
    if (!isNoFile) return failed(error, request, reply);
    return sendRefusal(reply, routeNotFound(request), CONTRACT_DIALECT);
  });
  web.register(fastifyStatic, {
    root: webRoot,
    cacheControl: false,
    suppressWarning: true,
    setHeaders: (reply, path) => {
      const isHashed = path.includes(HASHED);
      reply.header('Cache-Control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
}

function isPage(request: FastifyRequest): boolean {
  return request.method === 'GET' && !request.ws && !pathOf(request).startsWith('/assets/');
}

async function sendIndex(webRoot: string, reply: FastifyReply): Promise<FastifyReply> {
  reply.header('Cache-Control', 'no-cache').type('text/html; charset=utf-8');
  try {
    return reply.code(200).send(await readFile(join(webRoot, 'index.html')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return reply.code(503).send(NOT_BUILT);
  }
}
