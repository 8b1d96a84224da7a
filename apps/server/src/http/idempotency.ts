import { createHash } from 'node:crypto';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Refusal, type Result } from '@quarterdeck/contract/result';
import type { Clock, ReplyStore, SavedReply } from '@quarterdeck/core/events';
import { statusOf } from './answer.ts';
import { DONE_UNANSWERED, type KeyedRequest } from './keyed-write.ts';

export interface OnceResult {
  readonly result: Result<unknown>;
  /** The answer was given before; nothing was done now. */
  readonly isReplay: boolean;
}

export type Once = (request: KeyedRequest, work: () => Promise<Result<unknown>>) => Promise<OnceResult>;

/** Answers that depend on the moment or on who is signed in are asked again. */
const NOT_KEPT = new Set([401, 403, 429]);

/**
 * Carries out a request that has an Idempotency-Key once: a repetition gets the first answer, also while the first is still
 * being worked on. The same key with another request is refused.
 */
export function createOnce(deps: { readonly replies: ReplyStore; readonly clock: Clock }): Once {
  const working = new Map<string, { readonly requestDigest: string; readonly done: Promise<unknown> }>();

  async function attempt(request: KeyedRequest, work: () => Promise<Result<unknown>>): Promise<OnceResult> {
    const saved = await deps.replies.find(request.scope, request.key);
    if (saved) return replay(saved, request);
    const result = await work();
    const reply = keepable(result, request);
    if (reply) await deps.replies.save(request.scope, request.key, reply, deps.clock.now());
    return { result, isReplay: false };
  }

  return async (request, work) => {
    const slot = `${request.scope}\n${request.key}`;
    for (let first = working.get(slot); first; first = working.get(slot)) {
      if (first.requestDigest !== request.requestDigest) return reused();
      await first.done;
    }
    const attempted = attempt(request, work);
    const done = attempted.then(
      () => working.delete(slot),
      () => working.delete(slot),
    );
    working.set(slot, { requestDigest: request.requestDigest, done });
    return attempted;
  };
}

/** A digest of everything that makes two requests the same. */
export function digestOf(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}

/** The key in an Idempotency-Key header: 8 to 200 visible ASCII characters, or null when there is none. */
export function readKey(header: string | readonly string[] | undefined): Result<string | null> {
  if (header === undefined) return ok(null);
  if (typeof header === 'string' && /^[\x21-\x7e]{8,200}$/.test(header)) return ok(header);
  return refuse('invalid_input', { reason: 'Idempotency-Key: expected 8 to 200 visible ASCII characters' });
}

function replay(saved: SavedReply, request: KeyedRequest): OnceResult {
  if (saved.requestDigest !== request.requestDigest) return reused();
  if (saved.status === DONE_UNANSWERED) return { result: refuse('reply_lost'), isReplay: true };
  const content: unknown = JSON.parse(saved.body);
  if (saved.status < 400) return { result: ok(content), isReplay: true };
  return { result: { ok: false, refusal: content as Refusal }, isReplay: true };
}

function reused(): OnceResult {
  return { result: refuse('idempotency_key_reused'), isReplay: false };
}

/** The answer as it is stored, in the contract's spelling so that any mount can replay it; null when it must not be. */
function keepable(result: Result<unknown>, { requestDigest }: KeyedRequest): SavedReply | null {
  if (result.ok) return { requestDigest, status: 200, body: JSON.stringify(result.value) };
  const status = statusOf(result.refusal);
  if (status >= 500 || NOT_KEPT.has(status)) return null;
  return { requestDigest, status, body: JSON.stringify(result.refusal) };
}
