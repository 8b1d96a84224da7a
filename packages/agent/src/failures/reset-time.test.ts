import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readError } from './error-fields.ts';
import { LONGEST_PAUSE_MS, resetTime } from './reset-time.ts';

// A Saturday, 15:00 in Berlin.
const NOW = Date.parse('2026-11-28T14:00:00Z');
const BERLIN = 'Europe/Berlin';
const MIN = 60_000;
const HOUR = 60 * MIN;
const DAY = 24 * HOUR;
const at = (iso: string): number => Date.parse(iso) - NOW;

const inText = (text: string, now = NOW) => resetTime({ fields: [], text }, { now, zone: BERLIN });
const inError = (error: unknown) => {
  const { fields, message } = readError(error);
  return resetTime({ fields, text: message }, { now: NOW, zone: BERLIN });
};

const texts: readonly (readonly [text: string, afterMs: number | null])[] = [
  ['retry-after: 3600', HOUR],
  ['Retry-After: 30', 30_000],
  ['retry after 12 seconds', 12_000],
  ['Retry-After: Sat, 28 Nov 2026 15:30:00 GMT', 90 * MIN],
  ['Please try again in 20s.', 20_000],
  ['Please try again in 1.5s. Visit the page', 1500],
  ['Rate limit reached. Please try again in 450ms.', 1000],
  ['try again in 2h 5m', 125 * MIN],
  ['try again in 2h5m10s', 125 * MIN + 10_000],
  ['try again in 6m0s', 6 * MIN],
  ['or try again in 2 days 17 hours 14 minutes.', 2 * DAY + 17 * HOUR + 14 * MIN],
  ['Please try again in 15 hours 23 minutes. Please review our terms', 15 * HOUR + 23 * MIN],
  ['Please try again in 58 hours.', 58 * HOUR],
  ['in 14 minutes', 14 * MIN],
  ['resets in an hour', HOUR],
  ['resets in half an hour', 30 * MIN],
  ['Your quota will reset after 5h32m10s.', 5 * HOUR + 32 * MIN + 10_000],
  ['Expected quota reset within 24h.', DAY],
  ['Please wait 3 minutes before trying again.', 3 * MIN],
  ['Please wait for about 90 seconds', 90_000],
  ['resets in 1:30:00', 90 * MIN],
  ['2 hours remaining', 2 * HOUR],
  ['"retryDelay": "3600s"', HOUR],
  ['Claude AI usage limit reached|1795878000', 1_795_878_000_000 - NOW],
  ['limit resets at 1795878000000', 1_795_878_000_000 - NOW],
  ["You've hit your limit · resets 5pm (Europe/Berlin)", 2 * HOUR],
  ["You've hit your session limit · resets 5:40pm (Europe/Berlin)", 2 * HOUR + 40 * MIN],
  ["You've hit your limit · resets 1:30am (Asia/Dhaka)", at('2026-11-28T19:30:00Z')],
  ['5-hour limit reached ∙ resets 3pm', DAY],
  ['limit resets at 12am (UTC)', at('2026-11-29T00:00:00Z')],
  ['resets 12pm (UTC)', at('2026-11-29T12:00:00Z')],
  ['Your limit will reset at 1pm (Etc/GMT+5).', at('2026-11-28T18:00:00Z')],
  ['resets at 18:45', 3 * HOUR + 45 * MIN],
  ['used up until 18:45', 3 * HOUR + 45 * MIN],
  ['available again at 09:00', 18 * HOUR],
  ['resets at 20:00 UTC', 6 * HOUR],
  ['resets at 9am PST', at('2026-11-28T17:00:00Z')],
  ['resets at 10:00 UTC+2', at('2026-11-29T08:00:00Z')],
  ['The daily quota resets at midnight Pacific time', at('2026-11-29T08:00:00Z')],
  ['resets tomorrow at 3pm', DAY],
  ['try again tomorrow at 9:30 AM', 18 * HOUR + 30 * MIN],
  ['resets Monday 9am', at('2026-11-30T08:00:00Z')],
  ['weekly limit resets Sat, 9am', at('2026-12-05T08:00:00Z')],
  ['resets Dec 1 at 3pm (Europe/Berlin)', at('2026-12-01T14:00:00Z')],
  ['or try again at Dec 3rd, 2026 6:45 PM.', at('2026-12-03T17:45:00Z')],
  ['try again at 1 de dez. de 2026, 11:52', null],
  ['try again at 1 de dec. de 2026, 11:52', at('2026-12-01T10:52:00Z')],
  ['Your limit resets on December 1', at('2026-11-30T23:00:00Z')],
  ['resets on 3 December 2026', at('2026-12-02T23:00:00Z')],
  ['resets at 2026-11-28T16:30:00Z', 150 * MIN],
  ['until 2026-11-28T17:30:00+01:00', 150 * MIN],
  ['resets at 2026-11-28 17:30', 150 * MIN],
  ['retry after 2026-11-28 16:30:00 UTC', 150 * MIN],
  ['Premium requests renew next month', at('2026-11-30T23:00:00Z')],
  // Several at once: the latest.
  ['5-hour limit resets 5pm, weekly limit resets in 3 days', 3 * DAY],
  ['Please try again in 20s. The quota resets in 2 hours.', 2 * HOUR],
  // Past, far away and nothing at all.
  ['limit resets at 2026-11-28T13:59:00Z', 30_000],
  ['limit reached|1795860000', 30_000],
  ['resets on 2026-12-20', 8 * DAY],
  ['resets at 2031-01-01T00:00:00Z', null],
  ['try again in 900 days', null],
  ['Please try again later.', null],
  ['429 rate limit reached', null],
  ['request req_011CXL8s7Q7RktxAHLJeH2TD failed', null],
  ['', null],
];

it.each(texts)('A10: reads the end of a limit in “%s”', (text, afterMs) => {
  expect(inText(text)).toBe(afterMs === null ? null : NOW + afterMs);
});

const errors: readonly (readonly [name: string, error: unknown, afterMs: number | null])[] = [
  ['a header dump', { data: { headers: { 'retry-after': '3600' } } }, HOUR],
  [
    'headers as pairs',
    {
      data: {
        headers: [
          ['Retry-After', '120'],
          ['date', 'Sat, 28 Nov 2026 14:00:00 GMT'],
        ],
      },
    },
    2 * MIN,
  ],
  ['an HTTP date', { data: { responseHeaders: { 'retry-after': 'Sat, 28 Nov 2026 15:00:00 GMT' } } }, HOUR],
  ['milliseconds', { data: { headers: { 'retry-after-ms': '1500' } } }, 1500],
  [
    'a unified reset',
    { data: { 'anthropic-ratelimit-unified-reset': '1795878000' } },
    1_795_878_000_000 - NOW,
  ],
  [
    'two windows of which one has room',
    {
      data: {
        'anthropic-ratelimit-unified-5h-status': 'rejected',
        'anthropic-ratelimit-unified-5h-reset': '1795878000',
        'anthropic-ratelimit-unified-7d-status': 'allowed_warning',
        'anthropic-ratelimit-unified-7d-reset': '1796300000',
      },
    },
    1_795_878_000_000 - NOW,
  ],
  [
    'two windows that are both used up',
    {
      data: {
        'anthropic-ratelimit-unified-5h-status': 'rejected',
        'anthropic-ratelimit-unified-5h-reset': '1795878000',
        'anthropic-ratelimit-unified-7d-status': 'rejected',
        'anthropic-ratelimit-unified-7d-reset': '1796300000',
      },
    },
    1_796_300_000_000 - NOW,
  ],
  [
    'requests left, tokens used up',
    {
      data: {
        'x-ratelimit-remaining-requests': '12',
        'x-ratelimit-reset-requests': '6h0m0s',
        'x-ratelimit-remaining-tokens': '0',
        'x-ratelimit-reset-tokens': '6m0s',
      },
    },
    6 * MIN,
  ],
  [
    "Codex's two windows",
    {
      message: 'Internal error',
      data: {
        error: { type: 'usage_limit_reached', resets_at: 1_795_878_000, resets_in_seconds: 3600 },
        headers: {
          'X-Codex-Primary-Used-Percent': '100',
          'X-Codex-Primary-Reset-At': '1795878000',
          'X-Codex-Secondary-Used-Percent': '80',
          'X-Codex-Secondary-Reset-At': '1796300000',
        },
      },
    },
    1_795_878_000_000 - NOW,
  ],
  ['seconds', { data: { resets_in_seconds: 7200 } }, 2 * HOUR],
  ['a point in seconds', { data: { resets_at: 1_795_878_000 } }, 1_795_878_000_000 - NOW],
  ['a point in milliseconds', { data: { resetsAt: 1_795_878_000_000 } }, 1_795_878_000_000 - NOW],
  ['an ISO time', { data: { reset_at: '2026-11-28T15:00:00.000Z' } }, HOUR],
  [
    'RetryInfo',
    { data: [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '3600s' }] },
    HOUR,
  ],
  [
    'RetryInfo inside JSON inside JSON',
    { message: `{"error":{"message":${JSON.stringify('{"error":{"details":[{"retryDelay":"34s"}]}}')}}}` },
    34_000,
  ],
  ['RetryInfo as parts', { data: { retryDelay: { seconds: 60 } } }, MIN],
  ['_meta', { message: 'x', _meta: { retryAfter: 60 } }, MIN],
  ['a header of the far past', { data: { 'retry-after': 'Thu, 01 Jan 1970 00:00:00 GMT' } }, null],
  ['nothing', { data: { status: 429 } }, null],
];

it.each(errors)('A10: reads the end of a limit in %s', (_, error, afterMs) => {
  expect(inError(error)).toBe(afterMs === null ? null : NOW + afterMs);
});

describe('A10: whatever is sent', () => {
  const words = fc.constantFrom(
    ...[
      'resets',
      'until',
      'try again in',
      'retry-after:',
      'at',
      '3pm',
      '(Europe/Berlin)',
      '(No/Zone)',
      '99:99',
      '1e400',
      'tomorrow',
    ],
    ...[
      '2026-02-31',
      'Feb 30',
      '-5 minutes',
      '9999999999999',
      '00:00:00',
      'Mon',
      '13pm',
      'midnight',
      'UTC+99',
      'in 999999999 days',
      '∞',
    ],
  );
  const bounded = (reset: number | null, now: number) => {
    if (reset === null) return;
    expect(Number.isInteger(reset)).toBe(true);
    expect(reset).toBeGreaterThan(now);
    expect(reset).toBeLessThanOrEqual(now + LONGEST_PAUSE_MS);
  };
  const anyNow = fc.integer({ min: 1_500_000_000_000, max: 2_500_000_000_000 });

  it('a text gives no time, or one in the future and within the bound', () => {
    const text = fc.oneof(
      fc.string({ maxLength: 300 }),
      fc.array(words, { maxLength: 12 }).map((all) => all.join(' ')),
    );
    fc.assert(
      fc.property(text, anyNow, (said, now) => bounded(inText(said, now), now)),
      { numRuns: 2000 },
    );
  });

  it('an error of any shape gives no time, or one in the future and within the bound', () => {
    const key = fc.constantFrom(
      'retry-after',
      'resets_at',
      'resetsIn',
      'retryDelay',
      'x-ratelimit-reset',
      'data',
      'status',
      'message',
    );
    const error = fc.object({
      key,
      maxDepth: 4,
      values: [fc.string(), fc.double(), fc.integer(), words, fc.date().map(String)],
    });
    fc.assert(
      fc.property(error, anyNow, (said, now) => {
        const { fields, message } = readError(said);
        bounded(resetTime({ fields, text: message }, { now, zone: BERLIN }), now);
      }),
      { numRuns: 1000 },
    );
  });
});
