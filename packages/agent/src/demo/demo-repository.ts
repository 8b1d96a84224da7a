/** The repository the demo works on: path below its root → content. A small Node project without dependencies; `node --test` passes. */
export const DEMO_REPOSITORY: Readonly<Record<string, string>> = {
  '.gitignore': 'node_modules/\n',
  'package.json': `{
  "name": "harbour-log",
  "version": "0.1.0",
  "description": "Reads the log of a small harbour",
  "private": true,
  "type": "module",
  "scripts": {
    "test": "node --test"
  }
}
`,
  'README.md': `# harbour-log

Reads the log of a small harbour: which ship came when, where it lay and when it left.

There is not much here yet: \`src/time.js\` reads clock times. The rest is on the board.

Test it with \`node --test\`.
`,
  'src/time.js': `const CLOCK = /^([01]\\d|2[0-3]):([0-5]\\d)$/;

/** Minutes after midnight of a time such as 06:40. */
export function parseTime(text) {
  const match = CLOCK.exec(text);
  if (match === null) throw new Error(\`"\${text}" is not a time; expected something like 06:40\`);
  return Number(match[1]) * 60 + Number(match[2]);
}

/** The clock time of a number of minutes after midnight. */
export function formatTime(minutes) {
  const hour = String(Math.floor(minutes / 60)).padStart(2, '0');
  return \`\${hour}:\${String(minutes % 60).padStart(2, '0')}\`;
}
`,
  'test/time.test.js': `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatTime, parseTime } from '../src/time.js';

test('a clock time becomes minutes and back', () => {
  assert.equal(parseTime('06:40'), 400);
  assert.equal(formatTime(400), '06:40');
});

test('nonsense is refused', () => {
  assert.throws(() => parseTime('25:00'), /not a time/);
});
`,
  'data/2026-03-14.txt': `6.40 Seagull in 3
7.05 Marie Louise in 1
9.10 Northern Light in 3
9.30 Seagull out
11.20 Marie Louise out
15.45 Northern Light out
`,
  'data/2026-03-15.txt': `5.55 Albatross in 2
8.15 Seagull in 1
12.00 Albatross out
`,
};
