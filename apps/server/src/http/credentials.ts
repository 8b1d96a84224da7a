import type { Principal } from '@quarterdeck/contract/identity';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';
import type { Route } from '@quarterdeck/contract/routes';
import { ROLES } from '@quarterdeck/contract/status';
import type { FastifyRequest } from 'fastify';
import { SESSION_COOKIE } from './session-cookie.ts';

type Authenticate = (secret: string) => Promise<Principal | null>;

const MAX_SECRET_LENGTH = 400;

/** The secret a request carries: the bearer token, else on sockets `?token=`, else the session cookie. */
export function secretOf(request: FastifyRequest): string | null {
  const header = request.headers.authorization;
  if (header !== undefined) return bearerToken(header);
  const token = request.ws ? (request.query as Record<string, unknown>)['token'] : undefined;
  const secret = typeof token === 'string' ? token : request.cookies[SESSION_COOKIE];
  return secret && secret.length <= MAX_SECRET_LENGTH ? secret : null;
}

/** The token in an Authorization header; null when it is not a bearer token. */
export function bearerToken(header: string | undefined): string | null {
  const token = /^Bearer +(\S+)$/i.exec(header ?? '')?.[1];
  return token && token.length <= MAX_SECRET_LENGTH ? token : null;
}

/** Who makes a request; refuses with `sign_in_required` when nobody we know. */
export async function identify(
  authenticate: Authenticate,
  request: FastifyRequest,
): Promise<Result<Principal>> {
  const secret = secretOf(request);
  const principal = secret === null ? null : await authenticate(secret);
  return principal ? ok(principal) : refuse('sign_in_required');
}

/** Whether a principal may use a route made for people of at least its role, or for principals of its own kind too. */
export function checkAccess(
  principal: Principal,
  { access, alsoFor }: Pick<Route, 'access' | 'alsoFor'>,
): Result<null> {
  if (access === 'open') return ok(null);
  if (principal.kind !== 'person') {
    if (alsoFor?.includes(principal.kind)) return ok(null);
    const who = principal.kind === 'run' ? "an agent's run" : 'a runner';
    return refuse('forbidden', { reason: `this token belongs to ${who}; the route is for people` });
  }
  if (ROLES.indexOf(principal.role) >= ROLES.indexOf(access)) return ok(null);
  return refuse('forbidden', {
    reason: `this needs the role ${access}; ${principal.name} is ${principal.role}`,
  });
}
