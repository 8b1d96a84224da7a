import { describe, expect, it } from 'vitest';
import { costOf, createOutputAllowance } from './output-allowance.ts';

const MIB = 1024 * 1024;

describe('what an agent may send', () => {
  it('ends after 64 MiB at once', () => {
    const allowance = createOutputAllowance(() => 0);
    expect(allowance.spend(63 * MIB)).toBe(true);
    expect(allowance.spend(MIB)).toBe(false);
  });

  it('lasts for ever at 32 KiB a second', () => {
    let now = 0;
    const allowance = createOutputAllowance(() => now);
    const aSecond = () => {
      now += 1000;
      return allowance.spend(32 * 1024);
    };
    expect(Array.from({ length: 8 * 3600 }, aSecond)).not.toContain(false);
  });

  it('counts every entry, however small', () => {
    const allowance = createOutputAllowance(() => 0);
    let entries = 0;
    while (allowance.spend(costOf({ kind: 'activity', text: 'x' }, 30))) entries += 1;
    expect(entries).toBeLessThan(100_000);
  });
});
