import { isIP } from 'node:net';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';

/** The parts of a request that say from where and to whom it was sent. */
export interface Addressing {
  readonly host: string | undefined;
  readonly origin: string | undefined;
  /** The local address the connection arrived at. */
  readonly localAddress: string | undefined;
}

export interface OriginRules {
  readonly allowedHosts: readonly string[];
  readonly publicOrigins: readonly string[];
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '::1']);

/**
 * Refuses a Host header that is none of ours, so that a name an attacker points at this machine (DNS rebinding) reaches
 * nothing. A literal address is accepted only when the connection arrived at it.
 */
export function checkHost(asked: Addressing, rules: OriginRules): Result<null> {
  const name = hostName(asked.host);
  const isOurs =
    name !== null &&
    (LOOPBACK.has(name) ||
      (isIP(name) !== 0 && name === plainAddress(asked.localAddress)) ||
      rules.allowedHosts.some((allowed) => (hostName(allowed) ?? allowed.toLowerCase()) === name) ||
      rules.publicOrigins.some((origin) => hostName(hostOf(origin)) === name));
  return isOurs ? ok(null) : refuse('host_refused', { host: asked.host ?? '(none)' });
}

/** Refuses a page of another site. A request without Origin comes from no page, so the credentials alone decide. */
export function checkOrigin(asked: Addressing, rules: OriginRules): Result<null> {
  const { origin } = asked;
  if (origin === undefined) return ok(null);
  const host = hostOf(origin);
  const isSame = host !== undefined && host === asked.host?.toLowerCase();
  if (isSame || rules.publicOrigins.some((allowed) => sameOrigin(allowed, origin))) return ok(null);
  return refuse('origin_refused', { origin });
}

/** Whether a Host header names this machine itself. */
export function isLoopbackHost(host: string | undefined): boolean {
  const name = hostName(host);
  return name !== null && LOOPBACK.has(name);
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host || undefined : undefined;
}

function sameOrigin(one: string, other: string): boolean {
  return URL.canParse(one) && URL.canParse(other) && new URL(one).origin === new URL(other).origin;
}

/** The name in a Host header without its port and brackets; null when it is not a host at all. */
function hostName(host: string | undefined): string | null {
  if (host === undefined || /[/@?#\\\s]/.test(host) || !URL.canParse(`http://${host}`)) return null;
  return new URL(`http://${host}`).hostname.replace(/^\[|\]$/g, '');
}

function plainAddress(address: string | undefined): string | undefined {
  return address?.replace(/^::ffff:/, '');
}
