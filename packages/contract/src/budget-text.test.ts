import { describe, expect, it } from 'vitest';
import { budgetText, dollarText, parseBudget, parseDollars } from './budget-text.ts';

describe('K16 budgets as people write them', () => {
  it.each([
    ['20/day', { limitMicros: 20_000_000, period: 'day' }],
    ['300 / month', { limitMicros: 300_000_000, period: 'month' }],
    ['$2.50', { limitMicros: 2_500_000, period: 'total' }],
    ['0', { limitMicros: 0, period: 'total' }],
  ] as const)('%s', (text, budget) => expect(parseBudget(text)).toEqual({ ok: true, value: budget }));

  it.each(['', 'x', '-1', '1e3', '5/week', '5/day/day', '1.2345678', '1000001'])('refuses "%s"', (text) =>
    expect(parseBudget(text)).toMatchObject({ ok: false, refusal: { code: 'invalid_input' } }),
  );

  it('come back as they were written', () => {
    for (const text of ['20.00/day', '300.50/month', '2.50', '0.0004/day']) {
      const parsed = parseBudget(text);
      expect(parsed.ok && budgetText(parsed.value)).toBe(text);
    }
  });

  it('shows the smallest amounts as more than nothing', () => {
    expect([0, 400, 9_999, 10_000, 2_499_999].map(dollarText)).toEqual([
      '$0.00',
      '$0.0004',
      '$0.0100',
      '$0.01',
      '$2.50',
    ]);
    expect(parseDollars('0.000001')).toEqual({ ok: true, value: 1 });
  });
});
