import type { Agent } from '@quarterdeck/contract/fleet';
import { useLive } from '../../connection/live-store.ts';

const NONE: readonly Agent[] = [];

/** All agents that can be given work. */
export function useAgents(): readonly Agent[] {
  return useLive((state) => state.fleet?.agents ?? NONE);
}

/** The two letters of an agent; null when the name is a person's or unknown. */
export function useAgentInitials(name: string | null): string | null {
  return useLive((state) => state.fleet?.agents.find(({ profile }) => profile === name)?.initials ?? null);
}
