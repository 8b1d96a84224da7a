import { AsyncLocalStorage } from 'node:async_hooks';
import type { Clock, Database, ReplyStore } from '@quarterdeck/core/events';

/** One request that must be carried out once: who asks, under which key, and what exactly. */
export interface KeyedRequest {
  readonly scope: string;
  readonly key: string;
  readonly requestDigest: string;
}

/** The request with an Idempotency-Key that is being carried out, whose repetition would do its work twice. */
const current = new AsyncLocalStorage<KeyedRequest>();

/** Runs the work of a request so that its first write also writes down its key. */
export function asKeyed<T>(request: KeyedRequest, work: () => Promise<T>): Promise<T> {
  return current.run(request, work);
}

/**
 * A database for the handlers of requests: what a keyed request writes commits together with its key. A server that dies before it
 * has stored the answer knows then that the work was done, and does not do it again.
 */
export function markWrites<Ports extends { readonly replies: ReplyStore }, DB extends Database<Ports>>(
  db: DB,
  clock: Clock,
): DB {
  const write: Database<Ports>['write'] = (work) => {
    const request = current.getStore();
    if (request === undefined) return db.write(work);
    return db.write(async (ports) => {
      const result = await work(ports);
      if (result.ok) {
        const { scope, key, requestDigest } = request;
        await ports.replies.save(
          scope,
          key,
          { requestDigest, status: DONE_UNANSWERED, body: '' },
          clock.now(),
        );
      }
      return result;
    });
  };
  return { ...db, write };
}

/** Status of a stored reply that says: it was done, but nobody got to store the answer. */
export const DONE_UNANSWERED = 202;
