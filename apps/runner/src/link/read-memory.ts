import { freemem, totalmem } from 'node:os';
import type { Memory } from '@quarterdeck/contract/fleet';

/** Memory of this machine. On Linux libuv reads what is available from MemAvailable, which counts caches the kernel would give up. */
export function readMemory(): Memory {
  return { totalBytes: totalmem(), availableBytes: freemem() };
}
