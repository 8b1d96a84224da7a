/** The right to keep an agent running. It ends by itself unless it is renewed. */
export interface Lease {
  readonly renew: () => void;
  /** Monotonic milliseconds that are left; 0 when it is over. */
  readonly remainingMs: () => number;
  readonly stop: () => void;
}

/** Starts a lease of `leaseMs` of monotonic time; `onExpired` is called once when it was not renewed for that long. */
export function startLease(leaseMs: number, onExpired: () => void): Lease {
  let renewedAt = performance.now();
  const remainingMs = (): number => Math.max(0, renewedAt + leaseMs - performance.now());
  // A timer per renewal would also do, but a beat is frequent and this is cheap.
  const timer = setInterval(
    () => {
      if (remainingMs() > 0) return;
      clearInterval(timer);
      onExpired();
    },
    Math.min(1000, Math.max(10, leaseMs / 4)),
  );
  return {
    renew: () => {
      if (remainingMs() > 0) renewedAt = performance.now();
    },
    remainingMs,
    stop: () => clearInterval(timer),
  };
}
