import { expect, it } from 'vitest';
import { findMarks } from './suppressions.ts';

const marksIn = (text: string) => findMarks({ path: 'a.ts', text });

it.each([
  '// TODO finish this',
  '/* FIXME */',
  '// @ts-ignore because the types are wrong here',
  '// @ts-expect-error',
  '// biome-ignore lint/suspicious/noExplicitAny: <explanation>',
  '// eslint-disable-next-line no-console',
])('reports %s', (comment) => {
  expect(marksIn(`const a = 1;\n${comment}\nconst b = 2;\n`)).toEqual([expect.stringMatching(/^a\.ts:2 /)]);
});

it.each([
  '// @ts-expect-error: the published types miss this option',
  '// biome-ignore lint/suspicious/noControlCharactersInRegex: the terminal sends this byte',
  '// a todo of a person is a task',
])('accepts %s', (comment) => {
  expect(marksIn(`${comment}\nconst b = 2;\n`)).toEqual([]);
});

it('reads comments only', () => {
  expect(marksIn("export const columns = ['TODO', '// TODO'];\n")).toEqual([]);
});
