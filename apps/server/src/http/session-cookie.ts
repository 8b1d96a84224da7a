import type { FastifyReply, FastifyRequest } from 'fastify';
import { isLoopbackHost } from './request-origin.ts';

export const SESSION_COOKIE = 'qd_session';

/**
 * Sets the session cookie until `expiresAt` (ms), or clears it when `secret` is null. Scripts cannot read it and other sites
 * cannot make a browser send it; it goes over TLS only when people reach us over https.
 */
export function writeSessionCookie(
  reply: FastifyReply,
  session: { readonly secret: string | null; readonly expiresAt: number | null },
  publicOrigins: readonly string[],
): void {
  const secure = isReachedOverTls(reply.request, publicOrigins);
  const attributes = { httpOnly: true, sameSite: 'strict', path: '/', secure } as const;
  if (session.secret === null) {
    reply.clearCookie(SESSION_COOKIE, attributes);
    return;
  }
  const expires = session.expiresAt === null ? {} : { expires: new Date(session.expiresAt) };
  reply.setCookie(SESSION_COOKIE, session.secret, { ...attributes, ...expires });
}

function isReachedOverTls(request: FastifyRequest, publicOrigins: readonly string[]): boolean {
  return publicOrigins.some((origin) => origin.startsWith('https:')) && !isLoopbackHost(request.headers.host);
}
