import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MEASURED } from '../failures/fixtures/measured-failures.ts';
import { recogniseFailure } from './recognise-failure.ts';

// 15:00 in Berlin.
const NOW = Date.parse('2026-11-28T14:00:00Z');
const rpc = (message: string, data?: unknown) => ({ code: -32603, message, data });

it.each(MEASURED)('A7 A8 A12: $agent: “$says” is $hint', ({ error, hint, says, resetMs }) => {
  const failure = recogniseFailure(error, 'crashed', NOW);
  expect(failure).toMatchObject({ hint, resetAt: resetMs === undefined ? null : NOW + resetMs });
  expect(failure.message).toContain(says);
});

describe('A12: what stands on a card', () => {
  it.each(MEASURED)('of $agent, “$says”: one bounded line without wrapping', ({ error }) => {
    const { message } = recogniseFailure(error, 'crashed', NOW);
    expect(message.length).toBeLessThan(800);
    expect(message).not.toMatch(/internal error|[{}\n\r]|"message"|\[object|: error:|Error: Error/i);
    expect(message).toMatch(/[.!?)\]]$/);
  });

  it.each([
    ['a prefix twice', rpc('Internal error: Error: Error: no such tool'), 'no such tool'],
    ['a reason in data', rpc('Internal error', { details: 'the index is locked' }), 'the index is locked'],
    ['a reason as data', rpc('Internal error', 'the index is locked'), 'the index is locked'],
    [
      'a reason in a list',
      rpc('Internal error', [{ message: 'the index is locked' }]),
      'the index is locked',
    ],
    ['a real text in front', rpc('The index is locked', { details: 'thread 12' }), 'The index is locked'],
    [
      'JSON in data',
      rpc('Internal error', '{"error":{"message":"the index is locked"}}'),
      'the index is locked',
    ],
    [
      'JSON that was cut',
      rpc('500x {"error":{"message":"the index is locked","sta'),
      '500x the index is locked',
    ],
    ['colours and control characters', rpc('\u001b[31mno\u0000 in\u202edex\u001b[0m'), 'no index'],
    [
      'a stack',
      rpc('the index is locked\n    at f (/a.js:1:1)\n    at g (/a.js:2:1)'),
      'the index is locked',
    ],
    ['nothing', rpc(''), 'The agent gave no reason.'],
    ['nothing but a wrapping', rpc('Internal error', {}), 'Internal error'],
  ])('with %s', (_, error, message) => {
    expect(recogniseFailure(error, 'crashed', NOW)).toEqual({ hint: 'crashed', message, resetAt: null });
  });

  it('is bounded however long the error is', () => {
    const { message } = recogniseFailure(rpc(`429 ${'x'.repeat(1_000_000)}`), 'crashed', NOW);
    expect(message.length).toBeLessThan(800);
  });
});

it.each([
  [
    'of a request that is sent back',
    { message: 'it broke', data: { requestBodyValues: { messages: ['Write a rate limit, 429'] } } },
  ],
  [
    'of the settings of a request',
    { message: 'it broke', config: { data: '{"prompt":"401 unauthorized"}' } },
  ],
  [
    'of a stack',
    Object.assign(new Error('it broke'), { stack: 'Error: it broke\n at rateLimit (/429.js:429:401)' }),
  ],
  ['of lines and positions', { message: 'expected 500 lines, got 429 in a.ts:401' }],
  [
    "of an adapter's notice",
    { message: 'Model metadata for `probe` not found. Defaulting to fallback metadata' },
  ],
])('does not take for a failure class what is said %s', (_, error) => {
  expect(recogniseFailure(error, 'crashed', NOW)).toMatchObject({ hint: 'crashed', resetAt: null });
});

it('never throws, and always says something, whatever is thrown', () => {
  const ring: Record<string, unknown> = { message: 'ring' };
  ring['data'] = ring;
  const trap = new Proxy(
    {},
    {
      ownKeys: () => {
        throw new Error('no');
      },
    },
  );
  for (const error of [ring, trap, null, undefined, 1, Symbol('x'), () => 1])
    expect(recogniseFailure(error, 'crashed', NOW).message).not.toBe('');
  fc.assert(
    fc.property(fc.anything(), (error) => recogniseFailure(error, 'crashed', NOW).message !== ''),
    { numRuns: 500 },
  );
});
