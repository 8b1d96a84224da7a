import { expect, test } from 'vitest';
import { parseTime } from './parse-time.ts';

const noon = new Date(2026, 4, 1, 12, 0).getTime();

test.each([
  ['+90m', noon + 90 * 60_000],
  ['2h', noon + 2 * 3_600_000],
  ['+3d', noon + 3 * 86_400_000],
  ['18:30', new Date(2026, 4, 1, 18, 30).getTime()],
  ['9:00', new Date(2026, 4, 2, 9, 0).getTime()],
  ['2026-06-01T09:00:00Z', Date.UTC(2026, 5, 1, 9)],
])('%s is a time', (text, at) => {
  expect(parseTime(text, noon)).toEqual({ ok: true, value: at });
});

test.each(['', 'soon', '25:00', '2026-99-99', '+5'])('"%s" is none', (text) => {
  expect(parseTime(text, noon)).toMatchObject({ ok: false, refusal: { code: 'invalid_input' } });
});
