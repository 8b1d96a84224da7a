import { readFileSync } from 'node:fs';
import { RUN_OUTCOMES, type RunOutcome } from '@quarterdeck/contract/status';
import { describe, expect, it } from 'vitest';
import { FAILURE_CLASSES, FAILURE_LIMIT, failureLimit, judgeFailure, limitEnd } from './failure-classes.ts';

const NOW = 1_000_000;
const judge = (outcome: RunOutcome, failureCount = 0, limitResetAt: number | null = null) =>
  judgeFailure(outcome, { failureCount, now: NOW, limitResetAt });
const retry = (failureCount: number, waitMs: number | null) => ({
  next: 'retry',
  failureCount,
  retryAt: waitMs === null ? null : NOW + waitMs,
});

describe('docs/limits.md', () => {
  const page = readFileSync(new URL('../../../../../docs/limits.md', import.meta.url), 'utf8');
  const rows = [...page.matchAll(/^\| `(\w+)` +\| (yes|no) +\| (yes|no) +\| ([^|]+)\| (yes|no) +\|$/gm)];

  it('A8: tells every failure class as it is', () => {
    const told = Object.fromEntries(
      rows.map(([, outcome, counts, trips, , systemic]) => [outcome, [counts, trips, systemic]]),
    );
    const word = (is: boolean) => (is ? 'yes' : 'no');
    const meant = Object.entries(FAILURE_CLASSES).map(([outcome, it]) => [
      outcome,
      [word(it.counts), word(it.trips), word(it.canBeSystemic)],
    ]);
    expect(told).toEqual(Object.fromEntries(meant));
  });
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
    ['rate_limited', retry(0, null)],
    ['quota_used_up', retry(0, null)],
    ['provider_error', retry(1, 30_000)],
    ['context_full', retry(1, 2_000)],
    ['lost', retry(0, null)],
    ['stale', retry(0, null)],
    ['workspace_failed', { next: 'give_up', failureCount: 1 }],
    ['sign_in_needed', { next: 'give_up', failureCount: 0 }],
    ['model_refused', { next: 'give_up', failureCount: 0 }],
    ['content_refused', { next: 'give_up', failureCount: 0 }],
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
    expect(judge('quota_used_up', FAILURE_LIMIT - 1)).toEqual(retry(2, null));
    expect(judge('lost', FAILURE_LIMIT - 1)).toEqual(retry(2, null));
  });

  it('A8: a provider that fails is given eight tries with longer pauses, and the pause it asks for', () => {
    const waits = Array.from({ length: 7 }, (_, failures) => {
      const verdict = judge('provider_error', failures);
      return verdict.next === 'retry' ? Number(verdict.retryAt) - NOW : null;
    });
    expect(waits).toEqual([30_000, 60_000, 120_000, 240_000, 240_000, 240_000, 240_000]);
    expect(judge('provider_error', 7)).toEqual({ next: 'give_up', failureCount: 8 });
    expect(failureLimit('provider_error')).toBe(8);
    expect(failureLimit('crashed')).toBe(FAILURE_LIMIT);
    expect(judge('provider_error', 0, NOW + 90_000)).toEqual(retry(1, 90_000));
    expect(judge('provider_error', 0, NOW + 1)).toEqual(retry(1, 30_000));
    expect(judge('provider_error', 0, NOW + 1e12)).toEqual(retry(1, 3_600_000));
  });

  it.each([
    ['rate_limited', NOW + 42, NOW + 42],
    ['rate_limited', NOW - 1, NOW + 300_000],
    ['rate_limited', null, NOW + 300_000],
    ['quota_used_up', null, NOW + 3_600_000],
    ['quota_used_up', NOW + 1e15, NOW + 8 * 86_400_000],
    ['provider_error', NOW + 42, null],
    ['no_report', NOW + 42, null],
    ['stale', NOW + 42, null],
    ['stopped', NOW + 42, null],
    ['completed', NOW + 42, null],
  ] as const)('A10: %s with a reset at %s holds back its profile until %s', (outcome, resetAt, until) => {
    expect(limitEnd(outcome, resetAt, NOW)).toBe(until);
  });
});
