import type { RunnerId } from '@quarterdeck/contract/ids';
import { makeAgent } from '@quarterdeck/testkit/factories/make-runner';
import { makeTask } from '@quarterdeck/testkit/factories/make-task';
import { describe, expect, it } from 'vitest';
import { assignRuns, type Places } from './assign-runs.ts';
import { NO_BUDGETS } from './budget-room.ts';

const runner = (id: string, free: number, ...agents: ReturnType<typeof makeAgent>[]) => ({
  id: id as RunnerId,
  free,
  agents,
});
const alpha = makeAgent('alpha');
const beta = makeAgent('beta');
const places = (fields: Partial<Places> = {}): Places => ({
  runners: [runner('m_one', 9, alpha, beta)],
  profileFree: new Map([
    ['alpha', 9],
    ['beta', 9],
  ]),
  projectFree: new Map(),
  budgets: NO_BUDGETS,
  ...fields,
});
const tasks = (...assignees: (string | null)[]) =>
  assignees.map((assignee, index) => makeTask({ id: `t_000${index}`, assignee }));
const given = (list: ReturnType<typeof tasks>, at: Places) =>
  assignRuns(list, at).map((it) => `${it.task.id.at(-1)} ${it.agent.profile} ${it.runnerId}`);

describe('K16 giving tasks to runners', () => {
  it('goes by their order, to the emptiest runner that has the agent', () => {
    const runners = [runner('m_few', 1, alpha, beta), runner('m_many', 3, alpha)];
    expect(given(tasks('alpha', 'beta', 'alpha', 'alpha', 'alpha'), places({ runners }))).toEqual([
      '0 alpha m_many',
      '1 beta m_few',
      '2 alpha m_many',
      '3 alpha m_many',
    ]);
  });

  it('keeps the limit of a profile and of a project, and goes on with the rest', () => {
    const profileFree = new Map([
      ['alpha', 1],
      ['beta', 9],
    ]);
    const list = [
      ...tasks('alpha', 'alpha', 'beta'),
      makeTask({ id: 't_0003', assignee: 'beta', projectId: 'p_full' as never }),
      makeTask({ id: 't_0004', assignee: 'beta' }),
    ];
    const projectFree = new Map([['p_full', 0]]);
    expect(given(list, places({ profileFree, projectFree }))).toEqual([
      '0 alpha m_one',
      '2 beta m_one',
      '4 beta m_one',
    ]);
  });

  it('passes over agents that cannot be used, people, and tasks of nobody', () => {
    const runners = [runner('m_one', 9, makeAgent('alpha', { isSignedIn: false }), beta)];
    expect(given(tasks('alpha', null, 'Ada', 'beta'), places({ runners }))).toEqual(['3 beta m_one']);
  });
});
