import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';
import type { Clock } from '@quarterdeck/core/events';

const WINDOW_MS = 60_000;
const ATTEMPTS = 10;
const MAX_ADDRESSES = 10_000;

/** Counts attempts to sign in: ten a minute from one address, and the next is refused with the seconds to wait. */
export function createSignInLimit(clock: Clock): (address: string) => Result<null> {
  const windows = new Map<string, { endsAt: number; attempts: number }>();

  function forgetEnded(now: number): void {
    for (const [address, window] of windows) if (window.endsAt <= now) windows.delete(address);
    // Whoever commands this many addresses must not fill our memory as well.
    if (windows.size >= MAX_ADDRESSES) windows.clear();
  }

  return (address) => {
    const now = clock.now();
    const known = windows.get(address);
    if (!known || known.endsAt <= now) {
      if (windows.size >= MAX_ADDRESSES) forgetEnded(now);
      windows.set(address, { endsAt: now + WINDOW_MS, attempts: 1 });
      return ok(null);
    }
    known.attempts += 1;
    if (known.attempts <= ATTEMPTS) return ok(null);
    return refuse('too_many_requests', { seconds: Math.ceil((known.endsAt - now) / 1000) });
  };
}
