import type { Task } from '@quarterdeck/contract/task';
import { makeTask } from '@quarterdeck/testkit/factories/make-task';
import { describe, expect, it } from 'vitest';
import { firstStatus } from './first-status.ts';
import { readinessVerb } from './readiness-verb.ts';

const NOW = 100;
const cases: readonly [Partial<Task>, number, ReturnType<typeof readinessVerb>][] = [
  [{ status: 'ready' }, 0, null],
  [{ status: 'ready' }, 1, 'demote'],
  [{ status: 'todo' }, 1, null],
  [{ status: 'todo' }, 0, 'promote'],
  [{ status: 'todo', isHeld: true }, 0, null],
  [{ status: 'todo', scheduledAt: NOW }, 0, 'promote'],
  [{ status: 'todo', scheduledAt: NOW + 1 }, 0, 'schedule'],
  [{ status: 'todo', scheduledAt: NOW + 1 }, 1, null],
  [{ status: 'scheduled', scheduledAt: NOW + 1 }, 0, null],
  [{ status: 'scheduled', scheduledAt: NOW + 1 }, 1, null],
  [{ status: 'scheduled', scheduledAt: NOW }, 0, 'promote'],
  [{ status: 'scheduled', scheduledAt: NOW }, 1, 'demote'],
  ...(['triage', 'running', 'review', 'blocked', 'done', 'archived'] as const).flatMap(
    (status): [Partial<Task>, number, null][] => [
      [{ status }, 0, null],
      [{ status }, 1, null],
    ],
  ),
];

describe('K5 where parents and start time put a task', () => {
  it.each(cases)('%j with %i open parents: %s', (fields, openParents, verb) => {
    expect(readinessVerb(makeTask(fields), { openParents, now: NOW })).toBe(verb);
  });
});

describe('K3 the status a task is born with', () => {
  const birth = { parents: [], isTriage: false, isHeld: false, scheduledAt: null, now: NOW };
  const open = [{ status: 'review' }] as const;
  const done = [{ status: 'done' }, { status: 'archived' }] as const;
  it.each([
    [{}, 'ready'],
    [{ parents: open }, 'todo'],
    [{ parents: done }, 'ready'],
    [{ parents: [...done, ...open] }, 'todo'],
    [{ isTriage: true, parents: open, scheduledAt: NOW + 1 }, 'triage'],
    [{ isHeld: true, scheduledAt: NOW + 1 }, 'todo'],
    [{ scheduledAt: NOW + 1 }, 'scheduled'],
    [{ scheduledAt: NOW }, 'ready'],
    [{ scheduledAt: NOW + 1, parents: open }, 'todo'],
  ] as const)('%j: %s', (given, status) => {
    expect(firstStatus({ ...birth, ...given })).toBe(status);
  });
});
