import { expect, it } from 'vitest';
import { findLongFunctions } from './function-budget.ts';

const body = (lines: number) => '  x();\n'.repeat(lines - 2);

it('allows 60 lines and fails on the next one, with name and line', () => {
  const text = `function fits() {\n${body(60)}}\n\nexport const grows = () => {\n${body(61)}};\n`;
  expect(findLongFunctions({ path: 'a.ts', text })).toEqual(['a.ts:62 grows has 61 lines; the limit is 60']);
});

it('measures methods and functions inside others', () => {
  const text = `class Ship {\n  sail() {\n${body(61)}  }\n}\n`;
  expect(findLongFunctions({ path: 'a.ts', text })).toEqual([expect.stringContaining('has 61 lines')]);
});

it('gives components 120 lines and other functions of the same file 60', () => {
  const text = `export function Board() {\n${body(120)}}\nexport function sort() {\n${body(61)}}\nfunction Card() {\n${body(121)}}\n`;
  expect(findLongFunctions({ path: 'board.tsx', text })).toEqual([
    'board.tsx:121 sort has 61 lines; the limit is 60',
    'board.tsx:182 Card has 121 lines; the limit is 120',
  ]);
});

it('leaves describe blocks without a limit, but not the tests in them', () => {
  const text = `describe.each([1])('all', () => {\n  it('one', () => {\n${body(61)}  });\n});\n`;
  expect(findLongFunctions({ path: 'a.test.ts', text })).toEqual([expect.stringMatching(/^a\.test\.ts:2 /)]);
});
