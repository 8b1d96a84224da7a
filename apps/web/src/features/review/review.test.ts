import { expect, test } from 'vitest';
import { readPatch } from '../task/read-patch.ts';
import { linesOf, stepFrom } from './diff-lines.ts';
import { isEmpty, putRemark, type ReviewDraft } from './review-draft.ts';

const PATCH = `diff --git a/a.ts b/a.ts
--- a/a.ts
+++ b/a.ts
@@ -4,3 +4,3 @@
 same
-old
+one
 end
`;
const empty: ReviewDraft = { summary: '', remarks: [] };
const place = { path: 'a.ts', line: 5, side: 'new', quote: 'one' } as const;

test('a removed line is told by its old number, every other by its new one', () => {
  const lines = readPatch(PATCH).flatMap((file) => linesOf(file, 'a.ts'));
  expect(lines.map(({ side, line, text }) => `${side} ${line} ${text}`)).toEqual([
    'new 4 same',
    'old 5 old',
    'new 5 one',
    'new 6 end',
  ]);
  expect(new Set(lines.map(({ key }) => key)).size).toBe(4);
});

test('the arrow keys go from line to line and stop at the ends', () => {
  const lines = readPatch(PATCH).flatMap((file) => linesOf(file, 'a.ts'));
  expect(stepFrom(lines, null, 1)).toBe(lines[0]);
  expect(stepFrom(lines, null, -1)).toBe(lines[3]);
  expect(stepFrom(lines, lines[3]?.key ?? '', 1)).toBe(lines[3]);
  expect(stepFrom([], null, 1)).toBeUndefined();
});

test('there is one remark a line and side; an empty one is taken away', () => {
  const first = putRemark(empty, { ...place, body: 'Name it.' });
  const both = putRemark(first, { ...place, side: 'old', body: 'Why?' });
  expect(both.remarks).toHaveLength(2);
  expect(putRemark(both, { ...place, body: 'Better' }).remarks.map(({ body }) => body)).toEqual([
    'Why?',
    'Better',
  ]);
  expect(isEmpty(putRemark(first, { ...place, body: ' ' }))).toBe(true);
});
