import type { Principal } from '@quarterdeck/contract/identity';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { WebSocket } from 'ws';
import { sendRefusal } from '../answer.ts';
import { identify } from '../credentials.ts';
import { CONTRACT_DIALECT } from '../dialect.ts';
import type { HttpServerOptions } from '../http-server-options.ts';
import { addressingOf } from '../request-facts.ts';
import { checkOrigin } from '../request-origin.ts';

type EntryRules = Pick<HttpServerOptions, 'authenticate' | 'allowedHosts' | 'publicOrigins'>;

/**
 * The hook before a socket opens: a page of another site is refused outright. Whoever is not signed in still gets the
 * socket, without a principal, because a browser can read a close code but not the status of a refused upgrade.
 */
export function socketEntry(rules: EntryRules) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    if (!request.ws) return undefined;
    const origin = checkOrigin(addressingOf(request), rules);
    if (!origin.ok) return sendRefusal(reply, origin.refusal, CONTRACT_DIALECT);
    const principal = await identify(rules.authenticate, request);
    request.principal = principal.ok ? principal.value : null;
    return undefined;
  };
}

/** Whether this principal may follow the board: a person of any role. */
export function mayFollow(principal: Principal | null): boolean {
  return principal?.kind === 'person';
}

/** Closes a socket as a policy violation (1008), with a reason of at most 120 characters. */
export function refuseSocket(socket: WebSocket, reason: string): void {
  socket.close(1008, reason.slice(0, 120));
}
