import type { Landing } from '@quarterdeck/contract/landing';
import { TASK_STATUSES } from '@quarterdeck/contract/status';
import { describe, expect, it } from 'vitest';
import { AGENT_MENTIONS, chooseWake, type MentionFacts } from './choose-wake.ts';

const facts = (fields: Partial<MentionFacts> = {}): MentionFacts => ({
  profile: 'alpha',
  task: { status: 'review', assignee: 'alpha', landing: null },
  liveRun: null,
  lastWork: { profile: 'alpha' },
  by: 'person',
  wokenByAgents: 0,
  ...fields,
});
const task = (status: (typeof TASK_STATUSES)[number], assignee = 'alpha') => ({
  status,
  assignee,
  landing: null,
});
const live = { profile: 'alpha', status: 'working' } as const;
const LANDED: Landing = {
  status: 'landed',
  strategy: 'merge',
  into: 'main',
  commit: 'abc',
  base: null,
  head: null,
  files: [],
  message: '',
  runId: 'r_1' as never,
  at: 1,
  by: 'ada',
};

describe('K22 an agent that is mentioned', () => {
  it('gets the comment by where the task stands', () => {
    const ways = TASK_STATUSES.map((status) => [status, chooseWake(facts({ task: task(status) }))]);
    expect(Object.fromEntries(ways)).toEqual({
      triage: 'in_brief',
      todo: 'in_brief',
      scheduled: 'in_brief',
      ready: 'in_brief',
      running: 'follow_up',
      review: 'send_back',
      blocked: 'unblock',
      done: 'follow_up',
      archived: 'follow_up',
    });
  });

  it.each([
    ['is at work on it', facts({ task: task('running'), liveRun: live }), 'prompt'],
    [
      'reviews it now',
      facts({ profile: 'beta', task: task('running'), liveRun: { profile: 'beta', status: 'starting' } }),
      'prompt',
    ],
    [
      'has just reported',
      facts({ task: task('running'), liveRun: { ...live, status: 'finishing' } }),
      'follow_up',
    ],
    ['has nothing to do with it', facts({ profile: 'beta' }), 'follow_up'],
    ['never worked on it', facts({ lastWork: null }), 'follow_up'],
    ['lost it to another', facts({ task: task('review', 'beta') }), 'follow_up'],
    ['has landed it', facts({ task: { ...task('done'), landing: LANDED } }), 'follow_up'],
  ])('and %s', (_, given, way) => expect(chooseWake(given)).toBe(way));

  it('is never woken by itself, and not for ever by other agents', () => {
    const by = { profile: 'beta', isFollowUp: false };
    expect(chooseWake(facts({ by: { ...by, profile: 'alpha' } }))).toBeNull();
    expect(chooseWake(facts({ by }))).toBe('send_back');
    const often = { by, wokenByAgents: AGENT_MENTIONS };
    expect(chooseWake(facts(often))).toBeNull();
    expect(chooseWake(facts({ ...often, task: task('running'), liveRun: live }))).toBeNull();
    expect(chooseWake(facts({ ...often, task: task('ready') }))).toBe('in_brief');
    expect(chooseWake(facts({ wokenByAgents: AGENT_MENTIONS }))).toBe('send_back');
    const answering = { ...by, isFollowUp: true };
    expect(chooseWake(facts({ profile: 'gamma', by: answering }))).toBeNull();
    expect(chooseWake(facts({ by: answering }))).toBe('send_back');
  });
});
