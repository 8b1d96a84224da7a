import type { DemoScript } from '../script.ts';
import { RUN_TESTS } from '../script.ts';

export const reportDay: DemoScript = {
  title: 'Print the report of a day',
  body: `\`node bin/harbour-log.js data/2026-03-14.txt\` prints who was at which berth and when,
and a warning for two ships at one berth.`,
  plan: ['Write the report', 'Make it a command', 'Test it and look at a real day'],
  steps: [
    { kind: 'next' },
    { kind: 'read', path: 'src/conflicts.js' },
    {
      kind: 'write',
      path: 'src/report.js',
      content: `import { findConflicts } from './conflicts.js';
import { parseLog } from './parse.js';
import { findStays } from './stays.js';
import { formatTime } from './time.js';

/** The report of a day's log as text: a line per stay, by berth, and a warning per conflict. */
export function reportDay(text) {
  const stays = findStays(parseLog(text));
  const lines = stays.toSorted((left, right) => left.berth - right.berth).map(describeStay);
  return [...lines, ...findConflicts(stays).map(describeConflict)].join('\\n');
}

function describeStay({ berth, from, to, ship }) {
  return \`berth \${berth}  \${formatTime(from)} - \${to === null ? '  ...' : formatTime(to)}  \${ship}\`;
}

function describeConflict({ berth, ships, from }) {
  return \`! \${ships.join(' and ')} were both at berth \${berth} from \${formatTime(from)}\`;
}
`,
    },
    { kind: 'next' },
    {
      kind: 'write',
      path: 'bin/harbour-log.js',
      content: `#!/usr/bin/env node
import { readFile } from 'node:fs/promises';
import { reportDay } from '../src/report.js';

const paths = process.argv.slice(2);
if (paths.length === 0) {
  console.error('usage: harbour-log <file>...');
  process.exitCode = 2;
}
for (const path of paths) {
  console.log(path);
  console.log(reportDay(await readFile(path, 'utf8')));
}
`,
    },
    { kind: 'next' },
    {
      kind: 'write',
      path: 'test/report.test.js',
      content: `import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { reportDay } from '../src/report.js';

test('the report of a day has its stays by berth, then its warnings', async () => {
  const text = await readFile(new URL('../data/2026-03-14.txt', import.meta.url), 'utf8');
  assert.deepEqual(reportDay(text).split('\\n'), [
    'berth 1  07:05 - 11:20  Marie Louise',
    'berth 3  06:40 - 09:30  Seagull',
    'berth 3  09:10 - 15:45  Northern Light',
    '! Seagull and Northern Light were both at berth 3 from 09:10',
  ]);
});

test('a ship that is still there has no end', () => {
  assert.match(reportDay('08:15 Seagull arrives at berth 1'), /08:15 - {3}\\.\\.\\.\\s+Seagull/);
});
`,
    },
    RUN_TESTS,
    { kind: 'run', command: ['node', 'bin/harbour-log.js', 'data/2026-03-14.txt', 'data/2026-03-15.txt'] },
  ],
  summary:
    'Added `src/report.js` and the command `bin/harbour-log.js`. On 14 March it finds a real conflict: Seagull and Northern Light at berth 3.',
};
