import type { BudgetState } from '@quarterdeck/contract/budget';
import { ok, type Result } from '@quarterdeck/contract/result';
import type { BudgetRoom } from '../domain/budget-room.ts';
import type { DispatchDeps } from '../ports.ts';
import { readBudgets } from './read-budgets.ts';

/** Every budget that is set, with what is spent of it: projects, then profiles, then tasks that are not over. */
export async function listBudgets(deps: Pick<DispatchDeps, 'db' | 'clock'>): Promise<Result<BudgetState[]>> {
  return deps.db.read(async (ports) => {
    const tasks = await ports.tasks.withBudget();
    const projects = await ports.projects.list();
    const settings = await ports.profileSettings.list();
    const profiles = [
      ...settings.map((it) => it.profile),
      ...projects.map((it) => it.defaultProfile),
      ...tasks.map((it) => it.assignee),
    ].filter((it) => it !== null);
    const facts = await readBudgets(ports, { tasks, projects, settings, profiles, now: deps.clock.now() });
    const expectedOf = (profile: string | null | undefined) => facts.expected.get(profile ?? '') ?? 0;
    return ok([
      ...states('project', facts.projects, (id) =>
        expectedOf(projects.find((project) => project.id === id)?.defaultProfile),
      ),
      ...states('profile', facts.profiles, expectedOf),
      ...states('task', facts.tasks, (id) => expectedOf(tasks.find((task) => task.id === id)?.assignee)),
    ]);
  });
}

function states(
  scope: BudgetState['scope'],
  rooms: ReadonlyMap<string, BudgetRoom>,
  nextOf: (id: string) => number,
): BudgetState[] {
  return [...rooms].map(([scopeId, room]) => ({ scope, scopeId, ...room, nextRunMicros: nextOf(scopeId) }));
}
