import type { RunReport } from '@quarterdeck/contract/runner-protocol';
import { makeRun } from '@quarterdeck/testkit/factories/make-run';
import { CLEAN_REPORT } from '@quarterdeck/testkit/factories/open-test-board';
import { describe, expect, it } from 'vitest';
import { decideOutcome, MAX_NUDGES } from './decide-outcome.ts';

const decide = (run: Parameters<typeof makeRun>[0], failure: RunReport['failure'] = null) =>
  decideOutcome(makeRun(run), { ...CLEAN_REPORT, failure });
const died = { kind: 'host_died', message: 'its host died' } as const;
const stoppedEarly = { kind: 'start_failed', message: 'stopped before it started' } as const;
const late = { kind: 'timed_out', message: 'too long' } as const;

describe('K16 how a run ended', () => {
  it.each(['completed', 'review_requested', 'blocked'] as const)(
    'as %s when the agent reported so, whatever came after',
    (reportedOutcome) => {
      const run = { reportedOutcome, failureHint: 'crashed', error: 'it died on the way out' } as const;
      expect(decide(run, died)).toEqual({ outcome: reportedOutcome, error: null });
    },
  );

  it('as stopped, with who stopped it', () => {
    expect(decide({ reportedOutcome: 'stopped', error: 'stopped by ada' }, late)).toEqual({
      outcome: 'stopped',
      error: 'stopped by ada',
    });
  });

  it('as its runner saw it', () => {
    expect(decide({ failureHint: 'crashed' }, late)).toEqual({ outcome: 'timed_out', error: 'too long' });
  });

  it('as its host recognised it, also when the host died of it', () => {
    const run = { failureHint: 'rate_limited', error: 'used up' } as const;
    expect(decide(run)).toEqual({ outcome: 'rate_limited', error: 'used up' });
    expect(decide(run, died)).toEqual({ outcome: 'rate_limited', error: 'used up' });
    expect(decide({}, died)).toEqual({ outcome: 'crashed', error: 'its host died' });
  });

  it('without a report when it was asked often enough', () => {
    expect(decide({ nudges: MAX_NUDGES + 1 })).toMatchObject({ outcome: 'no_report' });
    expect(decide({ nudges: MAX_NUDGES, error: 'code 1' })).toEqual({ outcome: 'crashed', error: 'code 1' });
  });

  it('before or after its start', () => {
    expect(decide({ failureHint: 'start_timed_out', error: 'late' }, stoppedEarly)).toMatchObject({
      outcome: 'start_timed_out',
    });
    for (const hint of ['stale', 'over_budget'] as const)
      expect(decide({ failureHint: hint, error: 'enough' }, late)).toEqual({
        outcome: hint,
        error: 'enough',
      });
    expect(decide({ startedAt: null })).toMatchObject({ outcome: 'start_failed' });
    expect(decide({ startedAt: 1 })).toMatchObject({ outcome: 'crashed' });
  });
});
