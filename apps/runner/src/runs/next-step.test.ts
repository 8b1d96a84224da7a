import { describe, expect, it } from 'vitest';
import { type EndFacts, failureOf, nextStep, type RunFacts } from './next-step.ts';

const FRESH: RunFacts = {
  hasReport: false,
  hasWorkspace: false,
  host: 'none',
  failure: null,
  stoppedBecause: null,
};
const FAILURE = { kind: 'workspace_failed', message: 'no space' } as const;

describe('nextStep', () => {
  it.each<[string, Partial<RunFacts>, string]>([
    ['a fresh run', {}, 'prepare'],
    ['a prepared run', { hasWorkspace: true }, 'launch'],
    ['a run with a living host', { hasWorkspace: true, host: 'alive' }, 'follow'],
    [
      'a living host that was told to stop',
      { hasWorkspace: true, host: 'alive', stoppedBecause: 'x' },
      'follow',
    ],
    ['a run whose host is dead', { hasWorkspace: true, host: 'dead' }, 'close'],
    ['a failed preparation', { failure: FAILURE }, 'close'],
    ['a stop before the launch', { hasWorkspace: true, stoppedBecause: 'changed my mind' }, 'close'],
    ['a reported run', { hasWorkspace: true, host: 'dead', hasReport: true }, 'settle'],
    ['a reported run whose host was never launched', { failure: FAILURE, hasReport: true }, 'settle'],
  ])('of %s', (_, facts, step) => {
    expect(nextStep({ ...FRESH, ...facts })).toBe(step);
  });
});

const ENDED: EndFacts = {
  failure: null,
  stoppedBecause: null,
  wasLaunched: true,
  hasExited: true,
  timedOutAfterMs: null,
};

describe('failureOf', () => {
  it('leaves the word to a journal that is complete', () => {
    expect(failureOf(ENDED)).toBeNull();
    expect(failureOf({ ...ENDED, stoppedBecause: 'enough' })).toBeNull();
  });

  it.each<[string, Partial<EndFacts>, string, string]>([
    ['a journal without its end', { hasExited: false }, 'host_died', 'Start the task again'],
    ['the time limit', { timedOutAfterMs: 120_000 }, 'timed_out', '2 min'],
    [
      'the time limit of a host that died of it',
      { timedOutAfterMs: 5_000, hasExited: false },
      'timed_out',
      '5 s',
    ],
    ['a failed preparation', { failure: FAILURE, wasLaunched: false }, 'workspace_failed', 'no space'],
    ['a stop before the launch', { stoppedBecause: 'enough', wasLaunched: false }, 'start_failed', 'enough'],
  ])('names %s', (_, facts, kind, message) => {
    expect(failureOf({ ...ENDED, ...facts })).toEqual({ kind, message: expect.stringContaining(message) });
  });
});
