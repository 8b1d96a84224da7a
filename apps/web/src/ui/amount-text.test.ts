import { expect, it } from 'vitest';
import { countText, moneyText, tokensText } from './amount-text.ts';
import { initialsOf } from './initials.ts';
import { clockText, durationText, shortAge, staleness } from './time-text.ts';

it('writes tokens and money short and honest', () => {
  expect([840, 1200, 61_400, 999_600].map(tokensText)).toEqual(['840', '1.2 k', '61 k', '1.0 M']);
  expect(moneyText(420_000, 'reported')).toBe('$0.42');
  expect(moneyText(1200, 'estimated')).toBe('~<$0.01');
  expect(moneyText(0, null)).toBe('$0.00');
  expect(countText(1, 'task')).toBe('1 task');
});

it('writes times in the largest unit that says enough', () => {
  expect([5000, 240_000, 7_200_000, 260_000_000].map(shortAge)).toEqual(['now', '4 min', '2 h', '3 d']);
  expect([24_000, 1_122_000, 3_729_000].map(clockText)).toEqual(['0:24', '18:42', '1:02:09']);
  expect([40, 400, 12_000, 250_000].map(durationText)).toEqual(['40 ms', '0.4 s', '12 s', '4 min 10 s']);
  expect(staleness(3 * 86_400_000)).toBe('ageing');
});

it('takes two letters of a name', () => {
  expect(['Mia Stone', 'opencode', 'claude-code'].map(initialsOf)).toEqual(['MS', 'OP', 'CC']);
});
