import { expect, test } from 'vitest';
import { costText, countText, durationText, relativeText } from './amount-text.ts';
import { cutTo, displayWidth } from './display-width.ts';
import { createPaint } from './paint.ts';
import { oneLine, plainText } from './plain-text.ts';
import { renderTable } from './table.ts';

const plain = createPaint(false);
const columns = [
  { title: 'ID' },
  { title: 'TITLE', isElastic: true },
  { title: 'N', align: 'right' },
] as const;
const row = (...texts: readonly string[]) => texts.map((text) => ({ text }));

test('aligns columns, also around wide characters and colours', () => {
  const rows = [row('a', '修復バグ', '7'), row('bbb', 'fix', '12')];
  const shown = renderTable({ paint: plain, width: undefined }, columns, rows);
  expect(shown.split('\n')).toEqual(['ID   TITLE      N', 'a    修復バグ   7', 'bbb  fix       12']);
  const coloured = renderTable(
    { paint: createPaint(true), width: undefined },
    columns,
    rows.map((cells) => cells.map((cell) => ({ ...cell, tone: 'red' as const }))),
  );
  expect(new Set(coloured.split('\n').slice(1).map(displayWidth))).toEqual(new Set([17]));
});

test('cuts elastic columns to the width of the terminal, never the others', () => {
  const shown = renderTable({ paint: plain, width: 30 }, columns, [
    row('t_1', 'a title that is much too long', '1'),
  ]);
  expect(shown.split('\n').every((line) => displayWidth(line) <= 30)).toBe(true);
  expect(shown).toContain('…');
  expect(renderTable({ paint: plain, width: 3 }, columns, [row('t_1234', 'x', '1')])).toContain('t_1234');
});

test('no text can break out of its cell or steer the terminal', () => {
  const shown = renderTable({ paint: plain, width: undefined }, columns, [
    row('a', 'b\n\u001b[2Jc\u202ed', '1'),
  ]);
  expect(shown.split('\n')[1]).toBe('a   b cd   1');
  expect(plainText('one\r\ntwo\tthree\u0007')).toBe('one\ntwo\tthree');
  expect(oneLine('  one \n two  ')).toBe('one two');
});

test('cuts between characters as people see them', () => {
  expect(cutTo('👩‍👩‍👧‍👧👩‍👩‍👧‍👧👩‍👩‍👧‍👧', 5)).toBe('👩‍👩‍👧‍👧👩‍👩‍👧‍👧…');
  expect(cutTo('short', 5)).toBe('short');
});

test('times, costs and counts are short and never claim to know what they do not', () => {
  expect([durationText(250), durationText(59_999), durationText(7_200_000)]).toEqual([
    '0.3 s',
    '59 s',
    '2 h',
  ]);
  expect([
    relativeText(0, 90_000),
    relativeText(90_000, 0),
    relativeText(5, 6),
    relativeText(null, 0),
  ]).toEqual(['1 min ago', 'in 1 min', 'now', '–']);
  expect([costText(420_000, 'reported'), costText(420_000, 'estimated'), costText(null, null)]).toEqual([
    '$0.42',
    '~$0.42',
    '–',
  ]);
  expect([countText(640), countText(31_200), countText(1_200_000), countText(null)]).toEqual([
    '640',
    '31 k',
    '1.2 M',
    '–',
  ]);
});
