import { NO_USAGE } from '@quarterdeck/contract/usage';
import { expect, it } from 'vitest';
import { mergeUsage } from './merge-usage.ts';

it('a newer report wins where it says something, also when that is zero', () => {
  const known = { ...NO_USAGE, inputTokens: 5, outputTokens: 7, model: 'm' };
  expect(mergeUsage(known, { ...NO_USAGE, inputTokens: 0, costMicros: 3 })).toEqual({
    ...NO_USAGE,
    inputTokens: 0,
    outputTokens: 7,
    model: 'm',
    costMicros: 3,
  });
});
