import { refuse } from '@quarterdeck/contract/refuse';
import type { Refusal } from '@quarterdeck/contract/result';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sendRefusal } from './answer.ts';
import type { Dialect } from './dialect.ts';
import { pathOf } from './request-facts.ts';

export const BODY_LIMIT_BYTES = 1024 * 1024;
const DRAINED_BYTES = 32 * BODY_LIMIT_BYTES;
const DRAIN_MS = 5_000;

/** Answers what goes wrong around the handlers of a mount, in its spelling: a request nobody can read, or a bug. */
export function handleFailures(scope: FastifyInstance, dialect: Dialect): void {
  scope.setErrorHandler(async (error: FastifyError, request, reply) => {
    const refusal = refusalOf(error, request);
    if (refusal.code === 'body_too_large') await drain(request);
    if (refusal.code === 'internal') {
      request.log.error({ err: error, method: request.method, path: pathOf(request) }, 'a request failed');
    }
    return sendRefusal(reply, refusal, dialect);
  });
}

/**
 * Reads on to the end of a body nobody wants, within limits: a sender that is cut off while it still writes sees a broken
 * connection and never the reason.
 */
export async function drain({ raw }: FastifyRequest): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, DRAIN_MS);
  let left = DRAINED_BYTES;
  raw.on('data', (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) resolve();
  });
  for (const end of ['end', 'close']) raw.once(end, resolve);
  if (raw.readableEnded || raw.destroyed) resolve();
  raw.resume();
  await promise;
  clearTimeout(timer);
}

/** Answers every path of a mount that no route has, before the web app takes it for one of its pages. */
export function handleUnknownRoutes(scope: FastifyInstance, dialect: Dialect): void {
  for (const url of ['/', '/*']) {
    scope.all(url, (request, reply) => sendRefusal(reply, routeNotFound(request), dialect));
  }
}

/** The refusal for a path that no route has. */
export function routeNotFound(request: FastifyRequest): Refusal {
  return refuse('route_not_found', { method: request.method, path: pathOf(request) }).refusal;
}

/** A request whose very URL cannot be read never reaches a mount. */
export function answerBadUrl(error: Error, reply: FastifyReply, dialect: Dialect): void {
  sendRefusal(reply, refuse('invalid_input', { reason: error.message }).refusal, dialect);
}

function refusalOf(error: FastifyError, request: FastifyRequest): Refusal {
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return refuse('body_too_large', { limit: '1 MiB' }).refusal;
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
    case 'FST_ERR_CTP_INVALID_TYPE':
      return refuse('unsupported_media_type').refusal;
    default:
      return isCallersFault(error, request)
        ? refuse('invalid_input', { reason: `the request cannot be read: ${error.message}` }).refusal
        : refuse('internal', { requestId: request.id }).refusal;
  }
}

/** Only what Fastify says of a request counts: a library's error with a status code is still our bug. */
function isCallersFault({ code, statusCode }: FastifyError, { raw }: FastifyRequest): boolean {
  const hasLeft = code === 'ECONNRESET' && !raw.complete;
  return (
    hasLeft || (statusCode !== undefined && statusCode < 500 && (code?.startsWith('FST_ERR_CTP') ?? false))
  );
}
