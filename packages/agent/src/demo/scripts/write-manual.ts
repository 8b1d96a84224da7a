import type { DemoScript } from '../script.ts';
import { RUN_TESTS } from '../script.ts';

export const writeManual: DemoScript = {
  title: 'Write the manual and the change log',
  body: `Everything works now. Say in \`README.md\` how to use it, start a \`CHANGELOG.md\`, and make it version 0.2.0.`,
  plan: ['Write the manual', 'Write the change log', 'Set the version', 'Test once more'],
  steps: [
    { kind: 'next' },
    { kind: 'read', path: 'README.md' },
    {
      kind: 'write',
      path: 'README.md',
      content: `# harbour-log

Reads the log of a small harbour: which ship came when, where it lay and when it left.

## Use

\`\`\`
node bin/harbour-log.js data/2026-03-14.txt
\`\`\`

prints who was at which berth, and warns when two ships were at one berth:

\`\`\`
berth 1  07:05 - 11:20  Marie Louise
berth 3  06:40 - 09:30  Seagull
berth 3  09:10 - 15:45  Northern Light
! Seagull and Northern Light were both at berth 3 from 09:10
\`\`\`

## The log

One line per event, in the order of the day:

\`\`\`
06:40 Seagull arrives at berth 3
09:30 Seagull leaves
\`\`\`

Files in the old form (\`6.40 Seagull in 3\`) are rewritten by \`node scripts/migrate.js --apply\`; without
\`--apply\` it only says what it would do.

## Test

\`\`\`
node --test
\`\`\`
`,
    },
    { kind: 'next' },
    {
      kind: 'write',
      path: 'CHANGELOG.md',
      content: `# Changes

## 0.2.0

- Logs are read line by line, and a bad line is named.
- The report of a day, with a warning for two ships at one berth.
- A script that brings old logs into the new form. The logs in \`data/\` are converted.

## 0.1.0

- Reading and writing of clock times.
`,
    },
    { kind: 'next' },
    { kind: 'replace', path: 'package.json', find: '"version": "0.1.0"', put: '"version": "0.2.0"' },
    {
      kind: 'replace',
      path: 'package.json',
      find: '  "scripts": {',
      put: '  "bin": "bin/harbour-log.js",\n  "scripts": {',
    },
    { kind: 'next' },
    RUN_TESTS,
  ],
  wantsReview: true,
  summary: 'Wrote the manual in `README.md` and a `CHANGELOG.md`, and set version 0.2.0. All tests pass.',
};
