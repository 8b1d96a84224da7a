import { globSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { COMMANDS, NOUNS } from './commands.ts';

test('the path of a file is the command, and every file is registered', () => {
  const files = globSync('**/*.ts', { cwd: join(import.meta.dirname, 'commands') })
    .filter((file) => !file.endsWith('.test.ts'))
    .map((file) => file.replace(/\.ts$/, '').replaceAll(/[\\/]/g, ' '));
  expect(files.toSorted()).toEqual(Object.keys(COMMANDS).toSorted());
});

test('every noun says what it is', () => {
  const nouns = Object.keys(COMMANDS)
    .filter((path) => path.includes(' '))
    .map((path) => path.split(' ')[0]);
  expect([...new Set(nouns)].toSorted()).toEqual(Object.keys(NOUNS).toSorted());
});
