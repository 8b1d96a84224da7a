import { existsSync, readFileSync } from 'node:fs';
import { Memory } from '@quarterdeck/contract/fleet';
import { expect, it } from 'vitest';
import { readMemory } from './read-memory.ts';

it('is what the contract says', () => {
  expect(Memory.parse(readMemory())).toEqual({
    totalBytes: expect.any(Number),
    availableBytes: expect.any(Number),
  });
});

it.runIf(existsSync('/proc/meminfo'))('counts memory that the kernel would give up as available', () => {
  const said = (name: string) =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(readFileSync('/proc/meminfo', 'utf8'))?.[1]) * 1024;
  const { totalBytes, availableBytes } = readMemory();
  expect(totalBytes).toBe(said('MemTotal'));
  // Others take and give memory between the two readings; the caches of a machine that builds are larger than this.
  expect(Math.abs(availableBytes - said('MemAvailable'))).toBeLessThan(1024 ** 3);
});
