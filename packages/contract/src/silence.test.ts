import { expect, it } from 'vitest';
import { silenceOf } from './silence.ts';

const NOW = 1_800_000_000_000;
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const ago = (ms: number) => NOW - ms;
const run = {
  status: 'working',
  activity: null,
  activeAt: ago(0),
  startedAt: ago(9e6),
  turnSince: ago(9e6),
  tool: null,
  pendingApprovals: 0,
} as const;

const cases: readonly (readonly [
  name: string,
  change: Partial<Parameters<typeof silenceOf>[0]>,
  text: string | null,
])[] = [
  ['is heard of', {}, null],
  ['was heard of 59 s ago', { activeAt: ago(59 * SECOND) }, null],
  [
    'has said nothing for a minute',
    { activeAt: ago(MINUTE) },
    'nothing from the agent for 1 min; perhaps its model does not answer',
  ],
  [
    'has said nothing for two',
    { activeAt: ago(2 * MINUTE + 30 * SECOND) },
    'nothing from the agent for 2 min; perhaps its model does not answer',
  ],
  [
    'has said nothing for long',
    { activeAt: ago(7 * MINUTE) },
    'nothing from the agent for 7 min; its model probably does not answer. It goes on if the model does; else interrupt or stop it',
  ],
  [
    'runs a tool',
    { activeAt: ago(3 * MINUTE), tool: { title: '`npm test`', since: ago(4 * MINUTE) } },
    'running `npm test` for 4 min',
  ],
  [
    'runs a tool for hours',
    { activeAt: ago(3 * MINUTE), tool: { title: 'make', since: ago(125 * MINUTE) } },
    'running make for 2 h 5 min',
  ],
  [
    'waits for an answer about a tool',
    { activeAt: ago(9 * MINUTE), pendingApprovals: 1, tool: { title: 'make', since: ago(9 * MINUTE) } },
    'waits for your answer for 9 min',
  ],
  ['has no turn', { activeAt: ago(9 * MINUTE), turnSince: null }, 'waits to be told what to do for 9 min'],
  [
    'has started and nothing more',
    { activeAt: null, startedAt: ago(3 * MINUTE) },
    'nothing from the agent for 3 min; perhaps its model does not answer',
  ],
  [
    'told that it tries its model again',
    { activeAt: ago(7 * MINUTE), activity: 'Waits for the model: 429, retrying in 1 h' },
    'nothing new for 7 min; waits for the model: 429, retrying in 1 h',
  ],
  [
    'may wait for an answer',
    { activeAt: ago(7 * MINUTE), activity: 'Asks for permission: make', pendingApprovals: null },
    'waits for your answer for 7 min',
  ],
  ['has not started', { activeAt: null, startedAt: null }, null],
  ['is being stopped', { status: 'stopping', activeAt: ago(9 * MINUTE) }, null],
  ['has ended', { status: 'ended', activeAt: ago(9 * MINUTE) }, null],
];

it.each(cases)('A9: an agent that %s', (_, change, text) => {
  expect(silenceOf({ ...run, ...change }, NOW)?.text ?? null).toBe(text);
});

it('A9: only a silence that nothing explains is worth a warning', () => {
  const levels = cases.map(([name, change]) => [name, silenceOf({ ...run, ...change }, NOW)?.level]);
  expect(levels.filter(([, level]) => level === 'warning')).toEqual([
    ['has said nothing for long', 'warning'],
  ]);
});
