import type { AgentOffers } from '@quarterdeck/contract/agent-choice';
import type { OfferStore } from '@quarterdeck/core/fleet';
import { fromJson } from '../schema/row-format.ts';
import type { StoreContext } from '../transaction.ts';

export function offerStore({ connection }: StoreContext): OfferStore {
  return {
    async save(profile, offers, at) {
      const changes = { offers: JSON.stringify(offers), at };
      await connection
        .insertInto('offers')
        .values({ profile, ...changes })
        .onConflict((conflict) => conflict.column('profile').doUpdateSet(changes))
        .execute();
    },
    async all() {
      const rows = await connection.selectFrom('offers').selectAll().execute();
      return new Map(rows.map(({ profile, offers }) => [profile, fromJson<AgentOffers>(offers)]));
    },
  };
}
