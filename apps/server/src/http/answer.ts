import { ERRORS } from '@quarterdeck/contract/errors';
import type { Refusal, Result } from '@quarterdeck/contract/result';
import type { FastifyReply } from 'fastify';
import type { Dialect } from './dialect.ts';
import { type KeptReply, keptReply } from './kept-reply.ts';

/** HTTP status of a refusal, from the error registry. */
export function statusOf(refusal: Refusal): number {
  return ERRORS[refusal.code].status;
}

/** Sends a refusal in the spelling of the mount it was asked on. */
export function sendRefusal(reply: FastifyReply, refusal: Refusal, dialect: Dialect): FastifyReply {
  const seconds = refusal.details?.['seconds'];
  if (refusal.code === 'too_many_requests' && typeof seconds === 'number') {
    reply.header('Retry-After', String(seconds));
  }
  return sendJson(reply, statusOf(refusal), dialect.writeRefusal(refusal));
}

/** Sends a value as JSON that nobody may cache. */
export function sendJson(reply: FastifyReply, status: number, value: unknown): FastifyReply {
  return reply
    .code(status)
    .header('Cache-Control', 'no-store')
    .header('Content-Type', 'application/json; charset=utf-8')
    .send(JSON.stringify(value));
}

/** Sends what a route came to. A reply that is kept is sent as it was encoded, or not at all to a client that has it. */
export async function sendResult(
  reply: FastifyReply,
  result: Result<unknown>,
  dialect: Dialect,
): Promise<FastifyReply> {
  if (!result.ok) return sendRefusal(reply, result.refusal, dialect);
  const kept = keptReply(result.value, dialect);
  if (kept) return sendKept(reply, kept);
  return sendJson(reply, 200, dialect.writeReply(result.value));
}

/** Browsers do not store it all the same: only a client that holds the reply in memory asks with its tag. */
async function sendKept(reply: FastifyReply, { bytes, etag, gzipped }: KeptReply): Promise<FastifyReply> {
  const { headers } = reply.request;
  reply.header('Cache-Control', 'no-store').header('ETag', etag).header('Vary', 'Accept-Encoding');
  if (headers['if-none-match'] === etag) return reply.code(304).send();
  reply.code(200).header('Content-Type', 'application/json; charset=utf-8');
  if (gzipped === null || !takesGzip(headers['accept-encoding'])) return reply.send(bytes);
  return reply.header('Content-Encoding', 'gzip').send(await gzipped());
}

/** Whether a client said that it can read gzip, in so many words. */
function takesGzip(accepted: string | string[] | undefined): boolean {
  return /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/i.test(String(accepted ?? ''));
}
