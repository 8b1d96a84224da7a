import type { Memory } from '@quarterdeck/contract/fleet';
import type { RunnerId } from '@quarterdeck/contract/ids';
import { type MemoryLevel, memoryLevel } from '@quarterdeck/contract/memory-level';
import { ok } from '@quarterdeck/contract/result';
import type { FleetDeps } from '../ports.ts';

/** How often the memory of a runner is written down while its level stays the same, ms. */
export const MEMORY_SAVE_MS = 10_000;

/** The reading of a runner that was written down last; null before the first. */
export interface MemoryReading {
  readonly at: number;
  readonly level: MemoryLevel;
}

/**
 * Keeps what a runner says of its machine's memory, unless it was kept a moment ago and the level is the same. Returns the reading
 * that is now kept; the caller hands it in with the next.
 */
export async function noteMemory(
  deps: FleetDeps,
  input: {
    readonly runnerId: RunnerId;
    readonly memory: Memory | null;
    readonly last: MemoryReading | null;
  },
): Promise<MemoryReading | null> {
  const { runnerId, memory, last } = input;
  const at = deps.clock.now();
  const level = memoryLevel(memory);
  if (memory === null || (last !== null && last.level === level && at - last.at < MEMORY_SAVE_MS))
    return last;
  await deps.db.write(async (ports) => {
    const runner = await ports.runners.find(runnerId);
    if (runner) await ports.runners.save({ ...runner, memory, lastSeenAt: at });
    return ok(null);
  });
  return { at, level };
}
