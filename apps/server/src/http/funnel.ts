import type { Principal } from '@quarterdeck/contract/identity';
import { PersonId } from '@quarterdeck/contract/ids';
import { ok, type Result } from '@quarterdeck/contract/result';
import { ROUTES, type Route, type RouteName } from '@quarterdeck/contract/routes';
import type { FileReply } from '@quarterdeck/contract/routes/route';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendRefusal, sendResult } from './answer.ts';
import { checkAccess, identify } from './credentials.ts';
import type { Dialect } from './dialect.ts';
import { drain } from './failures.ts';
import { sendFile } from './file-bodies.ts';
import type { Handlers, RequestContext } from './handlers.ts';
import type { HttpServerOptions } from './http-server-options.ts';
import { digestOf, type Once, type OnceResult, readKey } from './idempotency.ts';
import { asKeyed } from './keyed-write.ts';
import { type LooseInput, readInput } from './read-input.ts';
import { addressingOf } from './request-facts.ts';
import { checkOrigin } from './request-origin.ts';
import { SESSION_COOKIE, writeSessionCookie } from './session-cookie.ts';

export interface FunnelDeps
  extends Pick<HttpServerOptions, 'authenticate' | 'allowedHosts' | 'publicOrigins'> {
  readonly handlers: Handlers;
  readonly once: Once;
  readonly limitSignIn: (address: string) => Result<null>;
}

/** One route on one mount. */
export interface Mounted {
  readonly name: RouteName;
  readonly dialect: Dialect;
}

type LooseHandler = (input: LooseInput, context: RequestContext) => Promise<Result<unknown>>;

/** Who asks on a route that is open to everybody. */
const NOBODY: Principal = {
  kind: 'person',
  personId: PersonId.parse('u_nobody'),
  name: 'nobody',
  role: 'viewer',
};

/**
 * The first half of the funnel, before the body is read: origin, sign-in, role and rate. What it lets through carries the
 * principal in `request.principal`; what it refuses is answered here.
 */
export async function admit(
  deps: FunnelDeps,
  { name, dialect }: Mounted,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
): Promise<void> {
  const admitted = await admission(deps, ROUTES[name], request);
  if (admitted.ok) request.principal = admitted.value;
  else await sendRefusal(reply, admitted.refusal, dialect);
}

async function admission(
  deps: FunnelDeps,
  route: Route,
  request: FastifyRequest,
): Promise<Result<Principal>> {
  if (route.method !== 'GET') {
    const origin = checkOrigin(addressingOf(request), deps);
    if (!origin.ok) return origin;
  }
  if (route.access === 'open') {
    const limited = deps.limitSignIn(request.ip);
    return limited.ok ? ok(NOBODY) : limited;
  }
  const principal = await identify(deps.authenticate, request);
  if (!principal.ok) return principal;
  const allowed = checkAccess(principal.value, route);
  return allowed.ok ? principal : allowed;
}

/** The second half: input, idempotency, handler, reply. A bug in the handler throws through to the error handler. */
export async function carryOut(
  deps: FunnelDeps,
  { name, dialect }: Mounted,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
): Promise<FastifyReply> {
  const input = readInput(ROUTES[name], request, dialect);
  if (!input.ok) return answer(reply, { name, dialect }, input);
  const key = keyOf(name, request);
  if (!key.ok) return sendRefusal(reply, key.refusal, dialect);
  // The table's type ties each name to its own input; here the name is a variable, and the input was checked against it.
  const handler = deps.handlers[name] as unknown as LooseHandler;
  const context = contextOf(deps, request, reply);
  const { result, isReplay } = await runOnce(
    deps.once,
    { name, context, key: key.value, input: input.value },
    handler,
  );
  if (isReplay) reply.header('Idempotent-Replay', 'true');
  return answer(reply, { name, dialect }, result);
}

/** Sends what a handler came to: JSON or a file. What it left unread of an upload is read first, so that the sender sees the answer. */
async function answer(
  reply: FastifyReply,
  { name, dialect }: Mounted,
  result: Result<unknown>,
): Promise<FastifyReply> {
  const route: Route = ROUTES[name];
  if (route.upload) await drain(reply.request);
  if (route.isDownload && result.ok) return sendFile(reply, result.value as FileReply);
  return sendResult(reply, result, dialect);
}

/** What these do a second time is seen a second time; all others can be repeated without harm, also after a crash. */
const DOUBLED: ReadonlySet<RouteName> = new Set<RouteName>(['task.comment', 'session.prompt']);

interface Call {
  readonly name: RouteName;
  readonly context: RequestContext;
  readonly key: string | null;
  readonly input: LooseInput;
}

async function runOnce(once: Once, call: Call, handler: LooseHandler): Promise<OnceResult> {
  const { name, context, key, input } = call;
  if (key === null) return { result: await handler(input, context), isReplay: false };
  const keyed = {
    scope: scopeOf(context.principal),
    key,
    requestDigest: digestOf([name, input.params, input.query ?? null, input.body ?? null]),
  };
  if (name === 'task.create') return once(keyed, () => handler(withKey(input, key), context));
  const work = () => handler(input, context);
  return once(keyed, DOUBLED.has(name) ? () => asKeyed(keyed, work) : work);
}

/**
 * Replies of identity routes carry secrets, which are never stored; reads have nothing to repeat; and an upload is the same when its
 * content is, which is known only when it has been read.
 */
function keyOf(name: RouteName, request: FastifyRequest): Result<string | null> {
  const route: Route = ROUTES[name];
  const isKeyed = route.method !== 'GET' && !name.startsWith('identity.') && !route.upload;
  return isKeyed ? readKey(request.headers['idempotency-key']) : ok(null);
}

/** The task remembers the key itself, which holds for longer than a stored reply and across a crash between the two. */
function withKey(input: LooseInput, key: string): LooseInput {
  const body = input.body as { readonly idempotencyKey?: string | null };
  return { ...input, body: { ...body, idempotencyKey: body.idempotencyKey ?? key } };
}

function contextOf(deps: FunnelDeps, request: FastifyRequest, reply: FastifyReply): RequestContext {
  return {
    principal: request.principal ?? NOBODY,
    requestId: request.id,
    sessionSecret: request.cookies[SESSION_COOKIE] ?? null,
    setSession: (secret, expiresAt) => writeSessionCookie(reply, { secret, expiresAt }, deps.publicOrigins),
  };
}

function scopeOf(principal: Principal): string {
  if (principal.kind === 'person') return `person:${principal.personId}`;
  return principal.kind === 'run' ? `run:${principal.runId}` : `runner:${principal.runnerId}`;
}
