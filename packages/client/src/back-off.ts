export interface BackOff {
  readonly firstMs: number;
  readonly mostMs: number;
}

export const RECONNECT: BackOff = { firstMs: 250, mostMs: 10_000 };

/**
 * How long to wait before attempt `failures + 1`, in milliseconds. It doubles up to a limit; the upper half of it is
 * chance, so that many readers of a restarted server do not come back in the same instant.
 */
export function backOffMs(backOff: BackOff, failures: number, chance: number = Math.random()): number {
  const full = Math.min(backOff.mostMs, backOff.firstMs * 2 ** Math.max(0, failures - 1));
  return Math.round(full * (0.5 + chance / 2));
}
