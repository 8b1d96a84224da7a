import type { DemoScript } from '../script.ts';
import { RUN_TESTS } from '../script.ts';

export const parseLogLines: DemoScript = {
  title: 'Read the lines of the log',
  body: `The harbour master writes one line per event:

\`\`\`
06:40 Seagull arrives at berth 3
09:30 Seagull leaves
\`\`\`

Turn such lines into objects with \`minute\`, \`ship\`, \`event\` and \`berth\`. Say which line is wrong when one is.`,
  plan: ['Look at what is there', 'Read one line and a whole log', 'Test it'],
  steps: [
    { kind: 'next' },
    { kind: 'read', path: 'src/time.js' },
    {
      kind: 'think',
      text: 'parseTime already refuses bad times, so a line only has to be cut into its three parts.',
    },
    { kind: 'next' },
    {
      kind: 'write',
      path: 'src/parse.js',
      content: `import { parseTime } from './time.js';

const LINE = /^(\\S+) (.+) (?:arrives at berth (\\d+)|leaves)$/;

/** One event: \`{ minute, ship, event, berth }\`; \`berth\` is null when a ship leaves. */
export function parseLine(line) {
  const match = LINE.exec(line.trim());
  if (match === null) throw new Error(\`cannot read "\${line}"\`);
  const [, time, ship, berth] = match;
  const isArrival = berth !== undefined;
  return {
    minute: parseTime(time),
    ship,
    event: isArrival ? 'arrives' : 'leaves',
    berth: isArrival ? Number(berth) : null,
  };
}

/** All events of a log; blank lines do not count. An error names the line. */
export function parseLog(text) {
  return text.split('\\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    try {
      return [parseLine(line)];
    } catch (error) {
      throw new Error(\`line \${index + 1}: \${error.message}\`, { cause: error });
    }
  });
}
`,
    },
    { kind: 'next' },
    {
      kind: 'write',
      path: 'test/parse.test.js',
      content: `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseLine, parseLog } from '../src/parse.js';

test('an arrival names its berth', () => {
  assert.deepEqual(parseLine('06:40 Seagull arrives at berth 3'), {
    minute: 400,
    ship: 'Seagull',
    event: 'arrives',
    berth: 3,
  });
});

test('a name may have spaces, and who leaves has no berth', () => {
  assert.deepEqual(parseLine('11:20 Marie Louise leaves'), {
    minute: 680,
    ship: 'Marie Louise',
    event: 'leaves',
    berth: null,
  });
});

test('a bad line is named', () => {
  assert.throws(() => parseLog('06:40 Seagull leaves\\n\\n07:00 Seagull sinks\\n'), /line 3: cannot read/);
});
`,
    },
    RUN_TESTS,
  ],
  summary: 'Added `src/parse.js` with `parseLine` and `parseLog`, and tests for both. All tests pass.',
};
