import type { DemoScript } from '../script.ts';
import { RUN_TESTS } from '../script.ts';

export const findStays: DemoScript = {
  title: 'Find out when each berth is taken',
  body: `Pair each arrival with the departure of the same ship and return stays:
\`{ ship, berth, from, to }\`, in order of arrival. A ship that is still there has \`to: null\`.`,
  plan: ['Pair arrivals with departures', 'Test it'],
  steps: [
    { kind: 'next' },
    { kind: 'read', path: 'src/parse.js' },
    {
      kind: 'think',
      text: 'A ship can come twice in a day, so a departure belongs to its latest stay that is still open.',
    },
    {
      kind: 'write',
      path: 'src/stays.js',
      content: `/** The stays of a day in order of arrival: \`{ ship, berth, from, to }\`; \`to\` is null while the ship is there. */
export function findStays(events) {
  const stays = [];
  for (const { event, ship, berth, minute } of events) {
    if (event === 'arrives') stays.push({ ship, berth, from: minute, to: null });
    else closeStay(stays, ship, minute);
  }
  return stays.sort((left, right) => left.from - right.from);
}

function closeStay(stays, ship, minute) {
  const open = stays.findLast((stay) => stay.ship === ship && stay.to === null);
  if (open === undefined) throw new Error(\`\${ship} leaves but never came\`);
  open.to = minute;
}
`,
    },
    { kind: 'next' },
    {
      kind: 'write',
      path: 'test/stays.test.js',
      content: `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseLog } from '../src/parse.js';
import { findStays } from '../src/stays.js';

test('a stay lasts from arrival to departure', () => {
  const events = parseLog('06:40 Seagull arrives at berth 3\\n09:30 Seagull leaves\\n');
  assert.deepEqual(findStays(events), [{ ship: 'Seagull', berth: 3, from: 400, to: 570 }]);
});

test('a ship that comes twice has two stays, the last one open', () => {
  const events = parseLog(
    '06:00 Seagull arrives at berth 1\\n07:00 Seagull leaves\\n08:00 Seagull arrives at berth 2\\n',
  );
  assert.deepEqual(
    findStays(events).map(({ berth, to }) => [berth, to]),
    [
      [1, 420],
      [2, null],
    ],
  );
});

test('nobody leaves without having come', () => {
  assert.throws(() => findStays(parseLog('09:30 Seagull leaves')), /never came/);
});
`,
    },
    RUN_TESTS,
    {
      kind: 'call',
      tool: 'task_comment',
      input: { body: 'For those who build on this: a ship that is still there has `to: null`.' },
    },
  ],
  summary:
    'Added `src/stays.js`: `findStays` pairs arrivals with departures. Tests cover ships that come twice and ships that stay.',
};
