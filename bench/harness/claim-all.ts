import { randomBytes } from 'node:crypto';
import { claimReadyTasks } from '@quarterdeck/core/dispatch';
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
  const ids = { next: (prefix: string) => `${prefix}_${randomBytes(6).toString('hex')}` };
  const deps = { db: store, clock: { now: () => Date.now() }, ids };
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
