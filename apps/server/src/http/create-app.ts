import { randomBytes } from 'node:crypto';
import cookie from '@fastify/cookie';
import websocket from '@fastify/websocket';
import Fastify, { type FastifyInstance, LogController } from 'fastify';
import { sendRefusal } from './answer.ts';
import { CONTRACT_DIALECT } from './dialect.ts';
import { answerBadUrl, BODY_LIMIT_BYTES } from './failures.ts';
import type { HttpServerOptions } from './http-server-options.ts';
import { addressingOf, pathOf } from './request-facts.ts';
import { checkHost } from './request-origin.ts';
import { addSecurityHeaders } from './security-headers.ts';
import { isSeedPath, SEED_DIALECT } from './seed-mount/spelling.ts';

/** A runner sends journal lines in batches; a browser's frames are checked against a smaller limit of their own. */
const MAX_SOCKET_MESSAGE_BYTES = 16 * 1024 * 1024;
/** For a whole request: 25 MiB over a slow line. Its headers must be there within Node's own minute. */
const REQUEST_TIMEOUT_MS = 10 * 60_000;
/** Headers and fields that can hold a secret never reach the log. */
const REDACTED = ['authorization', 'cookie', 'token', 'secret', 'ticket', 'password'].flatMap((name) => [
  name,
  `*.${name}`,
  `*.*.${name}`,
]);

/** Fastify with what every mount shares: log, request ids, Host check, headers, cookies, JSON bodies, sockets. */
export function createApp(
  options: Pick<HttpServerOptions, 'log' | 'allowedHosts' | 'publicOrigins'>,
): FastifyInstance {
  const { level, stream } = options.log;
  const app = Fastify({
    logger: { level, ...(stream ? { stream } : {}), redact: { paths: REDACTED, censor: '(redacted)' } },
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    bodyLimit: BODY_LIMIT_BYTES,
    // For sending a request, not for the answer: a stream may last for days.
    requestTimeout: REQUEST_TIMEOUT_MS,
    exposeHeadRoutes: false,
    genReqId: () => `q${randomBytes(8).toString('hex')}`,
    frameworkErrors: (error, request, reply) =>
      answerBadUrl(error, reply, isSeedPath(pathOf(request)) ? SEED_DIALECT : CONTRACT_DIALECT),
  });
  app.decorateRequest('principal', null);
  addSecurityHeaders(app);
  app.addHook('onRequest', async (request, reply) => {
    const host = checkHost(addressingOf(request), options);
    return host.ok ? undefined : sendRefusal(reply, host.refusal, CONTRACT_DIALECT);
  });
  acceptJsonOnly(app);
  app.register(cookie);
  app.register(websocket, {
    options: { maxPayload: MAX_SOCKET_MESSAGE_BYTES },
    errorHandler: (error, socket, request) => {
      const isTheirs = /^(WS_ERR_|ECONN|EPIPE)/.test((error as NodeJS.ErrnoException).code ?? '');
      request.log[isTheirs ? 'debug' : 'error']({ err: error, path: pathOf(request) }, 'a socket broke off');
      socket.terminate();
    },
  });
  return app;
}

function acceptJsonOnly(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined);
    else parse(request, body as string, done);
  });
}
