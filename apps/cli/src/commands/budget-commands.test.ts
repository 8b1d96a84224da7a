import type { BudgetState } from '@quarterdeck/contract/budget';
import type { ProfileSettingsPatch } from '@quarterdeck/contract/fleet';
import { refuse } from '@quarterdeck/contract/refuse';
import { expect, test } from 'vitest';
import { fixtureProject, fixtureTask, NOW } from '../testing/fixture-objects.ts';
import { createFixtureTerminal } from '../testing/fixture-terminal.ts';
import { startFixtureService } from '../testing/start-fixture-service.ts';

const budget: BudgetState = {
  scope: 'project',
  scopeId: 'p_shop0001',
  name: 'shop',
  limitMicros: 20_000_000,
  period: 'day',
  spentMicros: 19_800_000,
  nextRunMicros: 400_000,
  since: NOW - 3_600_000,
  until: NOW + 7_200_000,
};
const card = fixtureTask({ id: 't_77aa0001' });

function serve(budgets: readonly BudgetState[] = [budget]) {
  return startFixtureService({
    'budget.list': () => ({ budgets: [...budgets] }),
    'project.list': () => ({ projects: [fixtureProject()] }),
    'project.update': () => ({ project: fixtureProject() }),
    'board.show': () => ({
      columns: [{ name: 'ready', tasks: [card] }],
      links: [],
      tenants: [],
      assignees: [],
      labels: [],
      latestEventId: 1,
      now: NOW,
    }),
    'task.update': () => ({ task: card }),
    'agent.update': ({ params, body }) => {
      const { profile } = params as { readonly profile: string };
      if (profile !== 'opencode') return refuse('profile_not_found', { profile });
      const unset = {
        profile,
        isPaused: false,
        pauseReason: null,
        budget: null,
        model: null,
        effort: null,
        limitLiftedAt: null,
      };
      return { settings: { ...unset, ...(body as ProfileSettingsPatch) } };
    },
  });
}

async function open(budgets?: readonly BudgetState[]) {
  const service = await serve(budgets);
  const shell = createFixtureTerminal({ env: { QUARTERDECK_URL: service.url } });
  const lastBody = () => service.asked.at(-1)?.asked.body;
  return { shell, lastBody, [Symbol.asyncDispose]: () => service[Symbol.asyncDispose]() };
}

test('K16 lists budgets with what is left of them, also as JSON', async () => {
  await using it = await open();
  expect(await it.shell.run('budget', 'list')).toBe(0);
  expect(it.shell.written.out).toMatch(
    /project\s+shop\s+\$20\.00\/day\s+\$19\.80\s+~\$0\.40\s+! used up\s+in 2 h/,
  );
  await using json = await open();
  expect(await json.shell.run('budget', 'list', '--json')).toBe(0);
  expect(JSON.parse(json.shell.written.out)).toEqual({ budgets: [budget] });
  await using none = await open([]);
  expect(await none.shell.run('budget', 'list')).toBe(0);
  expect(none.shell.written.out).toContain('--budget 20/day');
});

test('K16 sets and takes away the budgets of projects, agents and tasks', async () => {
  await using it = await open();
  const set = async (...words: string[]) => ((await it.shell.run(...words)) === 0 ? it.lastBody() : null);
  const daily = { limitMicros: 20_000_000, period: 'day' };
  expect(await set('project', 'set', 'shop', '--budget', '20/day')).toEqual({ budget: daily });
  expect(await set('project', 'set', 'shop', '--budget', 'none')).toEqual({ budget: null });
  expect(await set('agent', 'set', 'opencode', '--budget', '20/day')).toEqual({ budget: daily });
  expect(await set('agent', 'set', 'opencode', '--budget', 'none')).toEqual({ budget: null });
  expect(await set('task', 'budget', 't_77', '2.50')).toEqual({ budgetMicros: 2_500_000 });
  expect(await set('task', 'budget', 't_77', 'none')).toEqual({ budgetMicros: 0 });
  expect(await it.shell.run('agent', 'set', 'opencode', '--budget', '20/week')).toBe(2);
  expect(await it.shell.run('agent', 'set', 'opencode')).toBe(2);
  expect(await it.shell.run('task', 'budget', 't_77', 'much')).toBe(2);
});

test('K16 pauses and resumes an agent, and says so', async () => {
  await using it = await open();
  expect(await it.shell.run('agent', 'pause', 'opencode', '--reason', 'its provider is down')).toBe(0);
  expect(it.lastBody()).toEqual({ isPaused: true, pauseReason: 'its provider is down' });
  expect(it.shell.written.out).toContain('paused: its provider is down');
  expect(await it.shell.run('agent', 'resume', 'opencode')).toBe(0);
  expect(it.lastBody()).toEqual({ isPaused: false });
  expect(await it.shell.run('agent', 'pause', 'nobody')).toBe(3);
  expect(it.shell.written.err).toContain('no runner has a profile nobody');
});
