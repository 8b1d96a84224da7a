import { useSyncExternalStore } from 'react';
import { useLive } from '../connection/live-store.ts';

const tickers = new Map<number, { listeners: Set<() => void>; timer: ReturnType<typeof setInterval> }>();

function subscribe(everyMs: number, listener: () => void): () => void {
  const ticker = tickers.get(everyMs) ?? start(everyMs);
  ticker.listeners.add(listener);
  return () => {
    ticker.listeners.delete(listener);
    if (ticker.listeners.size > 0) return;
    clearInterval(ticker.timer);
    tickers.delete(everyMs);
  };
}

function start(everyMs: number) {
  const listeners = new Set<() => void>();
  const timer = setInterval(() => {
    for (const listener of listeners) listener();
  }, everyMs);
  const ticker = { listeners, timer };
  tickers.set(everyMs, ticker);
  return ticker;
}

/** The server's time, told again every `everyMs`; all who ask for the same rhythm share one timer. */
export function useNow(everyMs: number): number {
  const now = useSyncExternalStore(
    (listener) => subscribe(everyMs, listener),
    () => Math.floor(Date.now() / everyMs) * everyMs,
  );
  const skew = useLive((state) => state.clockSkewMs);
  return now + skew;
}
