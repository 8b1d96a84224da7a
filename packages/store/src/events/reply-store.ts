import type { ReplyStore } from '@quarterdeck/core/events';
import type { StoreContext } from '../transaction.ts';

/** Answers are kept for a day. */
const KEPT_MS = 24 * 3600_000;

/** The key was written down with the work; its answer still is to come. */
const UNANSWERED = 202;

export function replyStore({ connection }: StoreContext): ReplyStore {
  return {
    async find(scope, key) {
      const row = await connection
        .selectFrom('replies')
        .select(['requestDigest', 'status', 'body'])
        .where('scope', '=', scope)
        .where('key', '=', key)
        .executeTakeFirst();
      return row ?? null;
    },
    async save(scope, key, reply, at) {
      await connection
        .deleteFrom('replies')
        .where('createdAt', '<', at - KEPT_MS)
        .execute();
      await connection
        .insertInto('replies')
        .values({ scope, key, ...reply, createdAt: at })
        .onConflict((conflict) =>
          conflict
            .columns(['scope', 'key'])
            .doUpdateSet({ status: reply.status, body: reply.body })
            .where('replies.status', '=', UNANSWERED),
        )
        .execute();
    },
  };
}
