import { useEffect } from 'react';
import { loadFleet } from '../../connection/load-snapshot.ts';

const EVERY_MS = 15_000;

/** Asks for the machines now and then: how much memory they have free is no event. */
export function useFreshFleet(): void {
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) void loadFleet();
    }, EVERY_MS);
    return () => clearInterval(timer);
  }, []);
}
