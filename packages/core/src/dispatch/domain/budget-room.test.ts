import type { Budget } from '@quarterdeck/contract/budget';
import { describe, expect, it } from 'vitest';
import {
  type BudgetFacts,
  type BudgetRoom,
  budgetPeriod,
  countLive,
  findOverruns,
  NO_BUDGETS,
  takeFromBudgets,
} from './budget-room.ts';

const room = (limitMicros: number, spentMicros: number, period: Budget['period'] = 'total'): BudgetRoom => ({
  name: 'it',
  limitMicros,
  spentMicros,
  period,
  since: null,
  until: null,
});
const run = { taskId: 't_1', projectId: 'p_1', profile: 'alpha' };
const facts = (fields: Partial<BudgetFacts> = {}): BudgetFacts => ({
  ...NO_BUDGETS,
  expected: new Map([['alpha', 10]]),
  ...fields,
});
const scopes = (at: BudgetFacts, of = run) => findOverruns(of, at).map((it) => it.scope);

describe('K16 a budget', () => {
  it('lets a run start that just fits, and none that would pass it by one millionth', () => {
    expect(scopes(facts({ tasks: new Map([['t_1', room(100, 90)]]) }))).toEqual([]);
    expect(scopes(facts({ tasks: new Map([['t_1', room(100, 91)]]) }))).toEqual(['task']);
  });

  it('of task, project and profile holds, each by itself, the narrowest first', () => {
    const full = room(10, 1);
    expect(scopes(facts({ projects: new Map([['p_1', full]]) }))).toEqual(['project']);
    expect(scopes(facts({ profiles: new Map([['alpha', full]]) }))).toEqual(['profile']);
    const all = { tasks: new Map([['t_1', full]]), projects: new Map([['p_1', full]]) };
    expect(scopes(facts({ ...all, profiles: new Map([['alpha', full]]) }))).toEqual([
      'task',
      'project',
      'profile',
    ]);
    expect(
      scopes(facts({ projects: new Map([['p_2', full]]), profiles: new Map([['beta', full]]) })),
    ).toEqual([]);
  });

  it('counts an unknown cost as nothing, so that it stops only what is passed already', () => {
    const unknown = { ...run, profile: 'beta' };
    expect(scopes(facts({ tasks: new Map([['t_1', room(100, 100)]]) }), unknown)).toEqual([]);
    expect(scopes(facts({ tasks: new Map([['t_1', room(100, 101)]]) }), unknown)).toEqual(['task']);
  });

  it('is taken from by every claim of the same pass', () => {
    const before = facts({ projects: new Map([['p_1', room(25, 0)]]) });
    const one = takeFromBudgets(run, before);
    const two = takeFromBudgets({ ...run, taskId: 't_2' }, one);
    expect([before, one, two].map((at) => scopes(at))).toEqual([[], [], ['project']]);
    expect(scopes(takeFromBudgets({ ...run, projectId: 'p_2' }, two))).toEqual(['project']);
  });

  it('begins anew with the day and the month in UTC, also at the end of a year', () => {
    const at = (text: string) => Date.parse(`${text}Z`);
    expect(budgetPeriod('day', at('2026-12-31T23:59:59.999'))).toEqual({
      since: at('2026-12-31T00:00:00'),
      until: at('2027-01-01T00:00:00'),
    });
    expect(budgetPeriod('day', at('2027-01-01T00:00:00')).since).toBe(at('2027-01-01T00:00:00'));
    expect(budgetPeriod('month', at('2026-12-31T12:00:00'))).toEqual({
      since: at('2026-12-01T00:00:00'),
      until: at('2027-01-01T00:00:00'),
    });
    expect(budgetPeriod('total', at('2026-12-31T12:00:00'))).toEqual({ since: null, until: null });
  });

  it('counts a live run at least as what is expected of it', () => {
    const { expected } = facts();
    expect(countLive({ profile: 'alpha', costMicros: null }, expected)).toBe(10);
    expect(countLive({ profile: 'alpha', costMicros: 3 }, expected)).toBe(10);
    expect(countLive({ profile: 'alpha', costMicros: 30 }, expected)).toBe(30);
    expect(countLive({ profile: 'beta', costMicros: null }, expected)).toBe(0);
  });
});
