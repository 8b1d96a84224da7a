import { describe, expect, it } from 'vitest';
import { memoryLevel } from './memory-level.ts';

const MIB = 1024 * 1024;
const level = (totalMib: number, availableMib: number) =>
  memoryLevel({ totalBytes: totalMib * MIB, availableBytes: availableMib * MIB });

describe('K16 the memory of a machine', () => {
  it('is critical below 5 % or 512 MiB, whichever comes first', () => {
    expect([level(4096, 511), level(4096, 512)]).toEqual(['critical', 'elevated']);
    expect([level(100_000, 4999), level(100_000, 5000)]).toEqual(['critical', 'elevated']);
  });

  it('is elevated below 15 % or 1 GiB', () => {
    expect([level(4096, 1023), level(4096, 1024)]).toEqual(['elevated', 'normal']);
    expect([level(100_000, 14_999), level(100_000, 15_000)]).toEqual(['elevated', 'normal']);
  });

  it('limits nothing when nobody knows it', () => expect(memoryLevel(null)).toBe('normal'));
});
