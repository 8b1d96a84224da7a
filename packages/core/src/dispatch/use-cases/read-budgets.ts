import type { Budget } from '@quarterdeck/contract/budget';
import type { ProfileSettings } from '@quarterdeck/contract/fleet';
import type { Project } from '@quarterdeck/contract/project';
import type { Task } from '@quarterdeck/contract/task';
import type { LiveCost } from '../../runs/index.ts';
import {
  type BudgetFacts,
  type BudgetRoom,
  budgetPeriod,
  countLive,
  EXPECTED_FROM,
  NO_BUDGETS,
} from '../domain/budget-room.ts';
import type { DispatchPorts } from '../ports.ts';

type Ports = Pick<DispatchPorts, 'costs'>;
type BudgetedTask = Pick<Task, 'id' | 'title' | 'budgetMicros'>;

interface Budgeted {
  readonly projects: readonly Project[];
  readonly settings: readonly ProfileSettings[];
  readonly tasks: readonly BudgetedTask[];
  /** Profiles that could run something. */
  readonly profiles: readonly string[];
  readonly now: number;
}

interface Costs {
  readonly live: readonly LiveCost[];
  readonly expected: ReadonlyMap<string, number>;
}

/** The budgets of all these, with what is spent of them. Without any budget nothing is read. */
export async function readBudgets(ports: Ports, budgeted: Budgeted): Promise<BudgetFacts> {
  const projects = budgeted.projects.filter(hasBudget);
  const settings = budgeted.settings.filter(hasBudget);
  const tasks = budgeted.tasks.filter((task) => task.budgetMicros !== null);
  if (projects.length + settings.length + tasks.length === 0) return NO_BUDGETS;
  const costs = await readCosts(ports, budgeted.profiles);
  const rooms = { ports, costs, now: budgeted.now };
  return {
    expected: costs.expected,
    tasks: await taskRooms(ports, tasks, costs),
    projects: await scopeRooms(
      rooms,
      'projectId',
      projects.map(({ id, ...rest }) => ({ id, ...rest })),
    ),
    profiles: await scopeRooms(
      rooms,
      'profile',
      settings.map(({ profile, budget }) => ({ id: profile, name: profile, budget })),
    ),
  };
}

/** The same budgets with those of more tasks. */
export async function addTaskBudgets(
  ports: Ports,
  facts: BudgetFacts,
  add: Pick<Budgeted, 'tasks' | 'profiles'>,
): Promise<BudgetFacts> {
  const fresh = add.tasks.filter((task) => task.budgetMicros !== null && !facts.tasks.has(task.id));
  if (fresh.length === 0) return facts;
  const costs = await readCosts(ports, add.profiles);
  const tasks = new Map([...facts.tasks, ...(await taskRooms(ports, fresh, costs))]);
  return { ...facts, expected: costs.expected, tasks };
}

function hasBudget<T extends { readonly budget: Budget | null }>(it: T): it is T & { budget: Budget } {
  return it.budget !== null;
}

async function readCosts(ports: Ports, profiles: readonly string[]): Promise<Costs> {
  const live = await ports.costs.live();
  const all = new Set([...profiles, ...live.map((run) => run.profile)]);
  return { live, expected: await ports.costs.means([...all], EXPECTED_FROM) };
}

async function taskRooms(
  ports: Ports,
  tasks: readonly BudgetedTask[],
  { live, expected }: Costs,
): Promise<Map<string, BudgetRoom>> {
  if (tasks.length === 0) return new Map();
  const ended = await ports.costs.spentByTask(tasks.map((task) => task.id));
  return new Map(
    tasks.map((task) => {
      const own = live.filter((run) => run.taskId === task.id);
      const spentMicros =
        (ended.get(task.id) ?? 0) + own.reduce((sum, run) => sum + countLive(run, expected), 0);
      const limitMicros = task.budgetMicros ?? 0;
      const period = { period: 'total', since: null, until: null } as const;
      return [task.id, { name: task.title, limitMicros, spentMicros, ...period }];
    }),
  );
}

async function scopeRooms(
  from: { readonly ports: Ports; readonly costs: Costs; readonly now: number },
  by: 'projectId' | 'profile',
  scopes: readonly { readonly id: string; readonly name: string; readonly budget: Budget }[],
): Promise<Map<string, BudgetRoom>> {
  const { ports, costs, now } = from;
  const rooms = new Map<string, BudgetRoom>();
  for (const { id, name, budget } of scopes) {
    const { since, until } = budgetPeriod(budget.period, now);
    const live = costs.live.filter((run) => run[by] === id && run.claimedAt >= (since ?? 0));
    const spentMicros =
      (await ports.costs.spent(by, id, since ?? 0)) +
      live.reduce((sum, run) => sum + countLive(run, costs.expected), 0);
    rooms.set(id, { ...budget, name, spentMicros, since, until });
  }
  return rooms;
}
