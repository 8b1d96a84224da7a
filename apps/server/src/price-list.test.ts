import { NO_USAGE } from '@quarterdeck/contract/usage';
import { describe, expect, it } from 'vitest';
import { priceList } from './price-list.ts';

const tokens = { inputTokens: 1_000_000, outputTokens: 0, cachedTokens: 0 };

describe('the price list', () => {
  it('prices a model by its name, with or without its provider', async () => {
    const bare = await priceList.estimate({ ...NO_USAGE, ...tokens, model: 'claude-sonnet-4-5' });
    const named = await priceList.estimate({ ...NO_USAGE, ...tokens, model: 'anthropic/claude-sonnet-4-5' });
    expect(bare).toBeGreaterThan(1_000_000);
    expect(named).toBe(bare);
  });

  it('counts cached tokens once, however the agent counted them', async () => {
    const model = 'claude-sonnet-4-5';
    const included = await priceList.estimate({
      ...NO_USAGE,
      model,
      inputTokens: 100,
      cachedTokens: 90,
      outputTokens: 1,
    });
    const apart = await priceList.estimate({
      ...NO_USAGE,
      model,
      inputTokens: 10,
      cachedTokens: 90,
      outputTokens: 1,
    });
    expect(apart).toBe(included);
  });

  it('knows when it does not know', async () => {
    expect(await priceList.estimate({ ...NO_USAGE, ...tokens, model: 'a-model-nobody-sells' })).toBeNull();
    expect(await priceList.estimate({ ...NO_USAGE, ...tokens, model: null })).toBeNull();
    expect(await priceList.estimate({ ...NO_USAGE, model: 'gpt-5' })).toBeNull();
  });
});
