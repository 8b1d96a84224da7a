import { makeRun } from '@quarterdeck/testkit/factories/make-run';
import { describe, expect, it } from 'vitest';
import { chooseResume, lastHandedIn, spentIn } from './choose-resume.ts';

const attempt = (number: number, fields: Parameters<typeof makeRun>[0] = {}) =>
  makeRun({
    attempt: number,
    status: 'ended',
    outcome: 'review_requested',
    agentSessionId: 'ses_1',
    ...fields,
  });
const claim = attempt(9);

describe('the session a new attempt goes on with', () => {
  it.each([
    ['review was requested', [attempt(1)], 'ses_1'],
    ['it was completed and sent back', [attempt(1, { outcome: 'completed' })], 'ses_1'],
    ['it was blocked and is free again', [attempt(1, { outcome: 'blocked' })], 'ses_1'],
    ['the newest counts, in any order', [attempt(2, { agentSessionId: 'ses_2' }), attempt(1)], 'ses_2'],
    ['nobody worked on it', [], null],
    ['the last one crashed', [attempt(1), attempt(2, { outcome: 'crashed' })], null],
    ['another agent has the task now', [attempt(1, { profile: 'beta' })], null],
    ['it was on another machine', [attempt(1, { runnerId: 'm_other' })], null],
    ['the agent cannot resume', [attempt(1, { agentSessionId: null })], null],
  ] as const)('%s', (_, earlier, expected) => {
    expect(chooseResume(claim, earlier)).toBe(expected);
  });

  it('knows what was handed in last, past a crash', () => {
    const runs = [attempt(1), attempt(2, { outcome: 'crashed' })];
    expect(lastHandedIn(runs)).toBe(runs[0]);
  });

  it('adds up what the session has used, without estimates', () => {
    const used = (costMicros: number, costSource: 'reported' | 'estimated') => ({
      ...claim.usage,
      inputTokens: 10,
      costMicros,
      costSource,
    });
    const runs = [
      attempt(1, { usage: used(5, 'reported') }),
      attempt(2, { usage: used(7, 'estimated') }),
      attempt(3, { usage: used(100, 'reported'), agentSessionId: 'ses_2' }),
    ];
    expect(spentIn('ses_1', runs)).toMatchObject({ inputTokens: 20, costMicros: 5 });
  });
});
