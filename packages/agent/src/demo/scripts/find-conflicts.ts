import type { DemoScript } from '../script.ts';
import { RUN_TESTS } from '../script.ts';

export const findConflicts: DemoScript = {
  title: 'Notice two ships at one berth',
  body: `When a ship arrives at a berth that is still taken, the harbour master wants to know.
Return \`{ berth, ships, from }\` for each such case.`,
  plan: ['Compare the stays at each berth', 'Test it, with edges'],
  steps: [
    { kind: 'next' },
    { kind: 'read', path: 'src/stays.js' },
    {
      kind: 'think',
      text: 'Stays come in order of arrival, so each one is compared only with those before it. An open end means for ever.',
    },
    {
      kind: 'write',
      path: 'src/conflicts.js',
      content: `/** Where two ships were at one berth at a time: \`{ berth, ships, from }\`, for stays in order of arrival. */
export function findConflicts(stays) {
  return stays.flatMap((later, index) =>
    stays
      .slice(0, index)
      .filter((earlier) => earlier.berth === later.berth && endOf(earlier) > later.from)
      .map((earlier) => ({ berth: later.berth, ships: [earlier.ship, later.ship], from: later.from })),
  );
}

function endOf({ to }) {
  return to ?? Number.POSITIVE_INFINITY;
}
`,
    },
    { kind: 'next' },
    {
      kind: 'write',
      path: 'test/conflicts.test.js',
      content: `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findConflicts } from '../src/conflicts.js';

const stay = (ship, berth, from, to) => ({ ship, berth, from, to });

test('who arrives before the other has left is in its way', () => {
  const stays = [stay('Seagull', 3, 400, 570), stay('Northern Light', 3, 550, 945)];
  assert.deepEqual(findConflicts(stays), [{ berth: 3, ships: ['Seagull', 'Northern Light'], from: 550 }]);
});

test('another berth, or the very minute of leaving, is fine', () => {
  const stays = [stay('Seagull', 3, 400, 570), stay('Albatross', 2, 410, 500), stay('Dolphin', 3, 570, 600)];
  assert.deepEqual(findConflicts(stays), []);
});

test('a ship that never left is in the way', () => {
  const stays = [stay('Seagull', 1, 400, null), stay('Albatross', 1, 1000, 1100)];
  assert.equal(findConflicts(stays).length, 1);
});
`,
    },
    RUN_TESTS,
  ],
  summary:
    'Added `src/conflicts.js`: `findConflicts` finds ships that were at one berth at a time. Tests cover the edges.',
};
