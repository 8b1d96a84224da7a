import { expect, it } from 'vitest';
import { MEASURED } from './fixtures/measured-failures.ts';
import { lastWords, saidFailure } from './said-failure.ts';

const NOW = Date.parse('2026-11-28T14:00:00Z');
const turn = (lastMessage: string, more: { hasWorked?: boolean; stopReason?: string } = {}) =>
  saidFailure({ stopReason: 'end_turn', hasWorked: false, lastMessage, ...more }, NOW);

const SAID = MEASURED.filter(({ agent }) => ['Claude', 'Codex', 'Copilot', 'Gemini'].includes(agent)).flatMap(
  ({ error, ...rest }) => (typeof error === 'string' ? [{ ...rest, error }] : []),
);

it.each(
  SAID.filter(
    ({ hint }) =>
      hint === 'rate_limited' ||
      hint === 'sign_in_needed' ||
      hint === 'quota_used_up' ||
      hint === 'model_refused',
  ),
)('A7: $agent says “$says” and stops: $hint', ({ error, hint }) => {
  expect(turn(error)?.hint).toBe(hint);
});

it.each([
  [
    'an error after notices',
    'Info: Request failed due to a transient API error. Retrying...Info: Request failed. Retrying...Error: 429 rate limit reached',
    'rate_limited',
  ],
  [
    'an error after lines of its own',
    'Reconnecting... 1/5\nReconnecting... 2/5\nunexpected status 404 Not Found: model not found',
    'model_refused',
  ],
  [
    'a mark before it',
    '✗ Sorry, you’ve hit a rate limit that restricts requests. Please try again in 2 hours.',
    'rate_limited',
  ],
  [
    "a provider's JSON",
    '{"error":{"message":"Incorrect API key provided","code":"invalid_api_key"}}',
    'sign_in_needed',
  ],
  ["a provider's error of no known kind", 'API Error: 418 {"error":{"message":"I am a teapot"}}', 'crashed'],
  ['a plain one', 'Failed to authenticate: token expired', 'sign_in_needed'],
  ['the network', 'Error: connect ECONNREFUSED 127.0.0.1:1234', 'provider_error'],
] as const)('A7: %s is a failure', (_, text, hint) => {
  expect(turn(text)?.hint).toBe(hint);
});

it.each([
  ['a report that speaks of errors', 'I made the client wait when it gets "Error: 429 rate limit reached".'],
  ['a question', 'Which model shall I use? The API answers 401 for the first.'],
  ['an error nobody knows', 'Error: the file a.txt has no third line.'],
  [
    'a summary that begins with a plain word',
    'Failed tests are mended: two of them checked for a rate limitless queue.',
  ],
  ['nothing', ''],
  ['a notice alone', 'Model metadata for `probe` not found. Defaulting to fallback metadata.'],
  ['a long text', `Error: 429 rate limit\n${'work '.repeat(1000)}`],
])('A7: %s is none', (_, text) => {
  expect(turn(text)).toBeNull();
});

it('A7: a turn in which a tool call succeeded was work, whatever is said at its end', () => {
  expect(turn('Error: 429 rate limit reached', { hasWorked: true })).toBeNull();
});

it.each(['cancelled', 'error', 'max_tokens'])(
  'A7: a turn that ended with %s is judged by that',
  (stopReason) => {
    expect(turn('Error: 429 rate limit reached', { stopReason })).toBeNull();
  },
);

it('a refusal of the model is a failure by itself, in its words', () => {
  const failure = turn('I cannot help with that', { stopReason: 'refusal', hasWorked: true });
  expect(failure).toMatchObject({
    hint: 'content_refused',
    message: expect.stringContaining('I cannot help with that.'),
  });
});

it.each([
  ['one\n\ntwo\n', 'two.'],
  ['Is it this?', 'Is it this?'],
  ['', ''],
])('quotes the last line of “%s”', (text, quoted) => {
  expect(lastWords(text)).toBe(quoted);
});
