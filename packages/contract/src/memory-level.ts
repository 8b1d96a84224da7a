import type { Memory } from './fleet.ts';

const MIB = 1024 * 1024;
/** Below either of these no new run starts on a machine. */
export const CRITICAL_MEMORY = { share: 0.05, bytes: 512 * MIB };
/** Below either of these one new run starts at a time, and the next when the machine has said how it is doing with it. */
export const ELEVATED_MEMORY = { share: 0.15, bytes: 1024 * MIB };

/** How close a machine is to running out of memory. */
export type MemoryLevel = 'normal' | 'elevated' | 'critical';

/** The level of a machine's memory; unknown memory limits nothing. */
export function memoryLevel(memory: Memory | null): MemoryLevel {
  if (memory === null) return 'normal';
  const isBelow = (limit: { readonly share: number; readonly bytes: number }) =>
    memory.availableBytes < limit.bytes || memory.availableBytes < memory.totalBytes * limit.share;
  if (isBelow(CRITICAL_MEMORY)) return 'critical';
  return isBelow(ELEVATED_MEMORY) ? 'elevated' : 'normal';
}
