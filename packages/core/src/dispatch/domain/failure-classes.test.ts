import { RUN_OUTCOMES, type RunOutcome } from '@quarterdeck/contract/status';
import { describe, expect, it } from 'vitest';
import { FAILURE_CLASSES, FAILURE_LIMIT, judgeFailure } from './failure-classes.ts';

const NOW = 1_000_000;
const judge = (outcome: RunOutcome, failureCount = 0, limitResetAt: number | null = null) =>
  judgeFailure(outcome, { failureCount, now: NOW, limitResetAt });
const retry = (failureCount: number, waitMs: number | null) => ({
  next: 'retry',
  failureCount,
  retryAt: waitMs === null ? null : NOW + waitMs,
});

describe('K16 what becomes of a task whose run failed', () => {
  it('has a class for every outcome but those that are no failures', () => {
    const kind = (outcome: RunOutcome) => (FAILURE_CLASSES[outcome] ? 'failure' : 'result');
    const results = RUN_OUTCOMES.filter((outcome) => kind(outcome) === 'result');
    expect(results).toEqual([
      'completed',
      'review_requested',
      'blocked',
      'stopped',
      'over_budget',
      'approved',
      'changes_requested',
    ]);
  });

  it.each([
    ['crashed', retry(1, 2_000)],
    ['no_report', retry(1, 2_000)],
    ['start_failed', retry(1, 5_000)],
    ['start_timed_out', retry(1, 5_000)],
    ['timed_out', retry(1, 5_000)],
    ['rate_limited', retry(0, 300_000)],
    ['lost', retry(0, null)],
    ['stale', retry(0, null)],
    ['workspace_failed', { next: 'give_up', failureCount: 1 }],
    ['sign_in_needed', { next: 'give_up', failureCount: 0 }],
  ] as const)('the first %s', (outcome, verdict) => expect(judge(outcome)).toEqual(verdict));

  it.each(['crashed', 'no_report', 'start_failed', 'start_timed_out', 'timed_out'] as const)(
    'the breaker trips at the third %s in a row, after a longer pause each time',
    (outcome) => {
      const [first, second] = [judge(outcome, 0), judge(outcome, 1)];
      expect(judge(outcome, FAILURE_LIMIT - 1)).toEqual({ next: 'give_up', failureCount: FAILURE_LIMIT });
      const waits = [first, second].map((it) => (it.next === 'retry' ? Number(it.retryAt) - NOW : 0));
      expect(waits[1]).toBe(2 * Number(waits[0]));
    },
  );

  it('R3 limits and lost runners never trip it', () => {
    expect(judge('rate_limited', FAILURE_LIMIT - 1)).toMatchObject({ next: 'retry', failureCount: 2 });
    expect(judge('lost', FAILURE_LIMIT - 1)).toEqual(retry(2, null));
  });

  it('a limit that says when it ends is waited for', () => {
    expect(judge('rate_limited', 0, NOW + 42)).toEqual(retry(0, 42));
    expect(judge('rate_limited', 0, NOW - 1)).toEqual(retry(0, 300_000));
  });
});
