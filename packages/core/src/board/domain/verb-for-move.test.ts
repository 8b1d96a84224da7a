import { TASK_STATUSES, type TaskStatus } from '@quarterdeck/contract/status';
import { TRANSITIONS } from '@quarterdeck/contract/transitions';
import { describe, expect, it } from 'vitest';
import { verbForMove } from './verb-for-move.ts';

const pairs = TASK_STATUSES.flatMap((from) =>
  TASK_STATUSES.filter((to) => to !== from).map((to) => ({ from, to })),
);

/** Where a drag cannot lead, from each column. Running is only reached through the dispatcher, which the use case says. */
const CLOSED: Readonly<Record<TaskStatus, readonly TaskStatus[]>> = {
  triage: ['running', 'review'],
  todo: ['running', 'review'],
  scheduled: ['running', 'review'],
  ready: [],
  running: ['scheduled'],
  review: ['scheduled'],
  blocked: ['running'],
  done: ['triage', 'scheduled', 'running', 'review', 'blocked'],
  archived: ['triage', 'scheduled', 'running', 'review', 'blocked', 'done'],
};

describe('K5 the verb behind a drag', () => {
  it.each(pairs)('from $from to $to leads there or is refused', ({ from, to }) => {
    const transition = TRANSITIONS[verbForMove(from, to)];
    expect(transition.to).toBe(to);
    expect(transition.from.includes(from)).toBe(!CLOSED[from].includes(to));
  });
});
