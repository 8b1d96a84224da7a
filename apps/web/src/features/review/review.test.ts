import { expect, test } from 'vitest';
import { readPatch } from '../task/read-patch.ts';
import { buildFileTree, filesInOrder } from './build-file-tree.ts';
import { readChangedFiles } from './changed-files.ts';
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

test('changed files are a tree: folders first, those that hold only a folder joined, sums on each', () => {
  const file = (path: string, added = 1) => ({ path, added, removed: 2 });
  const tree = buildFileTree([
    file('z.md'),
    file('src/a/deep/x.ts'),
    file('src/a/deep/b.ts', 4),
    file('a.md'),
  ]);
  expect(filesInOrder(tree)).toEqual(['src/a/deep/b.ts', 'src/a/deep/x.ts', 'a.md', 'z.md']);
  expect(tree[0]).toMatchObject({ kind: 'folder', name: 'src/a/deep', files: 2, added: 5, removed: 4 });
  const split = buildFileTree([file('src/a/x.ts'), file('src/b/y.ts')]);
  expect(split[0]).toMatchObject({ name: 'src', files: 2 });
  expect(filesInOrder(split)).toEqual(['src/a/x.ts', 'src/b/y.ts']);
});

test('a file is known by what its diff is, so that a viewed one is new again when it changes', () => {
  const [before] = readChangedFiles(readPatch(PATCH)).files;
  const [after] = readChangedFiles(readPatch(PATCH.replace('+one', '+two'))).files;
  expect(before).toMatchObject({ path: 'a.ts', added: 1, removed: 1 });
  expect(readChangedFiles(readPatch(PATCH)).files[0]?.mark).toBe(before?.mark);
  expect(after?.mark).not.toBe(before?.mark);
});
