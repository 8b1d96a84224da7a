import { expect, it } from 'vitest';
import { judgeReadmes } from './feature-readmes.ts';

const FACE = 'packages/core/src/board/index.ts';
const README = 'packages/core/src/board/README.md';

it('reports a feature without a README', () => {
  expect(judgeReadmes([FACE], [])).toEqual([`${README} is missing`]);
});

it('allows 40 lines and fails on the next one', () => {
  expect(judgeReadmes([FACE], [{ path: README, text: 'word\n'.repeat(40) }])).toEqual([]);
  expect(judgeReadmes([FACE], [{ path: README, text: 'word\n'.repeat(41) }])).toEqual([
    `${README} has 41 lines; the limit is 40`,
  ]);
});
