import type { Task } from '@quarterdeck/contract/task';
import { WAITING_CODES } from '@quarterdeck/contract/waiting';
import { makeAgent } from '@quarterdeck/testkit/factories/make-runner';
import { makeTask } from '@quarterdeck/testkit/factories/make-task';
import { describe, expect, it } from 'vitest';
import { type BudgetRoom, NO_BUDGETS } from './budget-room.ts';
import { type DispatchFacts, explainWaiting } from './explain-waiting.ts';

const NOW = 1000;
const agent = {
  ...makeAgent('alpha'),
  liveRuns: 0,
  runners: ['test'],
  isPaused: false,
  pauseReason: null,
  budget: null,
  limitedUntil: null,
  model: null,
  effort: null,
  offers: null,
  provenAt: null,
};
const facts = (fields: Partial<DispatchFacts> = {}): DispatchFacts => ({
  now: NOW,
  agents: new Map([['alpha', agent]]),
  hasRunner: true,
  reviewHomes: new Map(),
  freePlaces: 1,
  openProfiles: new Set(['alpha']),
  cramped: [],
  budgets: NO_BUDGETS,
  pauses: new Map(),
  projects: new Map([['p_general', { name: 'general', live: 0, max: null }]]),
  ...fields,
});
const withAgent = (fields: object) => facts({ agents: new Map([['alpha', { ...agent, ...fields }]]) });
const full = new Map([['p_general', { name: 'general', live: 2, max: 2 }]]);

const room = (fields: Partial<BudgetRoom> = {}): BudgetRoom => ({
  name: 'Harbour',
  limitMicros: 20_000_000,
  spentMicros: 19_800_000,
  period: 'day',
  since: 0,
  until: NOW + 5,
  ...fields,
});
const budgets = (scope: 'tasks' | 'projects' | 'profiles', id: string, fields: Partial<BudgetRoom> = {}) =>
  facts({
    budgets: {
      ...NO_BUDGETS,
      expected: new Map([['alpha', 400_000]]),
      [scope]: new Map([[id, room(fields)]]),
    },
  });
const cramped = [{ name: 'harbour', availableBytes: 400 * 1024 * 1024, profiles: ['alpha'] }];

interface Case {
  readonly codes: readonly string[];
  readonly task?: Partial<Task>;
  readonly facts?: DispatchFacts;
  readonly waitsFor?: readonly string[];
  readonly says?: string;
}
const cases: readonly Case[] = [
  { codes: ['next'], says: 'starts now' },
  {
    codes: ['parents_open'],
    task: { status: 'todo' },
    waitsFor: ['t_aaaa', 't_bbbb'],
    says: 't_aaaa, t_bbbb',
  },
  { codes: ['held'], task: { status: 'todo', isHeld: true } },
  { codes: [], task: { status: 'todo' } },
  { codes: ['scheduled_later'], task: { status: 'scheduled' } },
  { codes: ['no_assignee'], task: { assignee: null } },
  { codes: ['profile_unknown'], task: { assignee: 'Ada' }, says: 'Ada' },
  { codes: ['profile_not_installed'], facts: withAgent({ isInstalled: false, isSignedIn: false }) },
  { codes: ['profile_not_signed_in'], facts: withAgent({ isSignedIn: false }) },
  { codes: ['no_runner'], facts: facts({ hasRunner: false, agents: new Map(), freePlaces: 0 }) },
  { codes: ['profile_full'], facts: withAgent({ liveRuns: 2 }), says: '2 of 2' },
  { codes: ['project_full'], facts: facts({ projects: full }), says: '2 of 2' },
  { codes: ['runner_full'], facts: facts({ freePlaces: 0 }) },
  { codes: ['backing_off'], task: { retryAt: NOW + 1500 } },
  { codes: ['profile_paused'], facts: facts({ pauses: new Map([['alpha', NOW + 1]]) }), says: 'usage limit' },
  { codes: ['next'], facts: facts({ pauses: new Map([['beta', NOW + 1]]) }) },
  {
    codes: ['profile_paused'],
    facts: withAgent({ isPaused: true, pauseReason: 'the same failure 3 times' }),
    says: 'alpha is paused: the same failure 3 times',
  },
  {
    codes: ['low_memory'],
    facts: facts({ freePlaces: 0, openProfiles: new Set(), cramped }),
    says: '400 MiB',
  },
  { codes: ['next'], facts: facts({ cramped }) },
  {
    codes: ['runner_full'],
    facts: facts({
      freePlaces: 0,
      openProfiles: new Set(),
      cramped: cramped.map((it) => ({ ...it, profiles: [] })),
    }),
  },
  {
    codes: ['task_budget'],
    facts: budgets('tasks', 't_0000', { period: 'total', since: null, until: null }),
    says: 'its budget is used up ($19.80 of $20.00 spent, the next run costs about $0.40)',
  },
  {
    codes: ['project_budget'],
    facts: budgets('projects', 'p_general'),
    says: 'the budget of Harbour is used up ($19.80 of $20.00 spent today, the next run costs about $0.40)',
  },
  { codes: ['profile_budget'], facts: budgets('profiles', 'alpha', { period: 'month' }), says: 'this month' },
  { codes: ['next'], facts: budgets('projects', 'p_general', { spentMicros: 19_600_000 }) },
  {
    codes: ['review_by_person'],
    task: { status: 'review', reviewer: 'alpha', isHeld: true, blockReason: 'three rounds are enough' },
    says: 'three rounds',
  },
  {
    codes: ['next'],
    task: { status: 'review', assignee: null, reviewer: 'alpha' },
    says: 'its review starts',
  },
  {
    codes: ['profile_budget'],
    task: { status: 'review', assignee: null, reviewer: 'alpha' },
    facts: budgets('profiles', 'alpha'),
  },
  { codes: ['next'], task: { retryAt: NOW } },
  ...(['triage', 'running', 'review', 'blocked', 'done', 'archived'] as const).map((status) => ({
    codes: [],
    task: { status },
  })),
  {
    codes: ['no_assignee', 'no_runner', 'backing_off', 'project_full'],
    task: { assignee: null, retryAt: NOW + 1 },
    facts: facts({ hasRunner: false, freePlaces: 0, projects: full }),
  },
];

describe('K16 why a task is not running', () => {
  it.each(cases)('$task $codes', (given) => {
    const reasons = explainWaiting(makeTask(given.task), given.facts ?? facts(), given.waitsFor ?? []);
    expect(reasons.map((reason) => reason.code)).toEqual(given.codes);
    expect(reasons[0]?.message ?? '').toContain(given.says ?? '');
  });

  it('has a case for every code that is ever said', () => {
    const said = new Set(cases.flatMap((it) => it.codes));
    expect(WAITING_CODES.filter((code) => !said.has(code))).toEqual([]);
  });
});
