import { expect, it } from 'vitest';
import { recogniseFailure } from './recognise-failure.ts';

const rpc = (code: number, message: string, data?: unknown) => ({ code, message, data });

it.each([
  ['ACP says so', rpc(-32000, 'Authentication required'), 'sign_in_needed', null],
  ['a provider says 401', rpc(-32603, 'Internal error', { statusCode: 401 }), 'sign_in_needed', null],
  ['a key is wrong', rpc(-32603, 'Invalid API key · Please run /login'), 'sign_in_needed', null],
  [
    'a provider says 429',
    rpc(-32603, 'Internal error: answers 429', { 'retry-after': '30' }),
    'rate_limited',
    31_000,
  ],
  [
    'a limit has an end',
    rpc(-32603, 'Claude usage limit reached|1795223775'),
    'rate_limited',
    1_795_223_775_000,
  ],
  ['nothing is known', rpc(-32603, 'Internal error: answers 400'), 'crashed', null],
] as const)('when %s', (_, error, hint, resetAt) => {
  expect(recogniseFailure(error, 'crashed', 1000)).toMatchObject({ hint, resetAt });
});
