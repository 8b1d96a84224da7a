import { NO_USAGE } from '@quarterdeck/contract/usage';
import { describe, expect, it } from 'vitest';
import { addTokens, NO_USAGE_YET, takeContext, takeTotals } from './usage-state.ts';

const before = { ...NO_USAGE, inputTokens: 100, outputTokens: 10, cachedTokens: 0, costMicros: 2_000_000 };
const resumed = { ...NO_USAGE_YET, before };
const dollars = (amount: number) => ({ cost: { amount, currency: 'USD' } });

describe('the usage of a run that goes on with a session', () => {
  it('leaves out what earlier runs have used of the totals', () => {
    const tokens = { inputTokens: 130, outputTokens: 15, cachedTokens: 7 };
    expect(takeTotals(resumed, tokens, 2.5).usage).toMatchObject({
      inputTokens: 30,
      outputTokens: 5,
      cachedTokens: 7,
      costMicros: 500_000,
    });
  });

  it('takes the cost of a session without the earlier runs, and that of a process as it is', () => {
    expect(takeContext(resumed, dollars(2.25)).usage.costMicros).toBe(250_000);
    expect(takeContext(resumed, dollars(0.25)).usage.costMicros).toBe(250_000);
  });

  it('adds the tokens of its own turns only', () => {
    const tokens = { inputTokens: 5, outputTokens: 1, cachedTokens: null };
    expect(addTokens(resumed, tokens).usage).toMatchObject({ inputTokens: 5, outputTokens: 1 });
  });
});
