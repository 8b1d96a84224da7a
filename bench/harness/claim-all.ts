import { randomUUID } from 'node:crypto';
import { claimReadyTasks } from '@quarterdeck/core/dispatch';
import { createIds } from '@quarterdeck/core/events';
import type { Store } from '@quarterdeck/store';

interface ClaimAll {
  /** Loops that claim at the same time. */
  readonly claimers: number;
  /** Tasks asked for in one transaction. */
  readonly batch: number;
  /** Stop after about this many. */
  readonly limit: number;
}

/** Claims with the product's own use case until nothing is ready, and returns how many tasks were claimed. */
export async function claimAll(store: Store, { claimers, batch, limit }: ClaimAll): Promise<number> {
  const clock = { now: () => Date.now() };
  const deps = { db: store, clock, ids: createIds({ clock, uuid: randomUUID }) };
  let claimed = 0;
  const claim = async (): Promise<void> => {
    while (claimed < limit) {
      const result = await claimReadyTasks(deps, Math.min(batch, limit - claimed));
      if (!result.ok) throw new Error(result.refusal.message);
      if (result.value.length === 0) return;
      claimed += result.value.length;
    }
  };
  await Promise.all(Array.from({ length: claimers }, claim));
  return claimed;
}
