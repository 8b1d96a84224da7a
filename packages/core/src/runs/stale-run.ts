import type { RunRecord } from './ports.ts';

/** A run younger than this is never stale, however quiet it is, ms. */
export const STALE_AGE_MS = 4 * 3_600_000;
/** An older one is stale when its agent has done and said nothing for this long, ms. */
export const STALE_SILENCE_MS = 3_600_000;

/** When a run is stale if its agent stays as quiet as it is now. */
export function staleAt(run: Pick<RunRecord, 'claimedAt' | 'startedAt' | 'activeAt'>): number {
  const start = run.startedAt ?? run.claimedAt;
  return Math.max(start + STALE_AGE_MS, (run.activeAt ?? start) + STALE_SILENCE_MS);
}
