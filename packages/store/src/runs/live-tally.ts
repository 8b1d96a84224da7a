import type { RunRecord } from '@quarterdeck/core/runs';

/** How many live runs one runner has of one profile in one project. */
export interface LiveGroup {
  readonly profile: string;
  readonly projectId: string;
  readonly runnerId: string;
  readonly count: number;
}

/**
 * Remembers how many runs live, so that they are not all counted before every claim. It is for a database that one connection
 * writes: whatever it cannot follow makes it forget, and then they are counted again.
 */
export interface LiveTally {
  /** The groups remembered, or what `count` gives. */
  groups(count: () => Promise<LiveGroup[]>): Promise<readonly LiveGroup[]>;
  /** These were just written. */
  add(runs: readonly RunRecord[]): void;
  forget(): void;
}

interface Tallied {
  readonly at: unknown;
  readonly groups: Map<string, LiveGroup>;
}

/** `revision` changes when somebody else has written to the database. */
export function createLiveTally(revision: () => unknown): LiveTally {
  let known: Tallied | null = null;
  const keyOf = (it: Omit<LiveGroup, 'count'>) => JSON.stringify([it.profile, it.projectId, it.runnerId]);
  return {
    async groups(count) {
      const at = revision();
      if (known === null || known.at !== at) {
        const counted = await count();
        known = { at, groups: new Map(counted.map((group) => [keyOf(group), group] as const)) };
      }
      return [...known.groups.values()];
    },
    add(runs) {
      const { groups } = known ?? {};
      if (groups === undefined) return;
      for (const { profile, projectId, runnerId, status } of runs) {
        if (status === 'ended') continue;
        const group = { profile, projectId, runnerId };
        const key = keyOf(group);
        groups.set(key, { ...group, count: (groups.get(key)?.count ?? 0) + 1 });
      }
    },
    forget() {
      known = null;
    },
  };
}
