import type { Task } from '@quarterdeck/contract/task';
import { type Assignment, assignRuns, canPay, canUse, type Places, planned } from '../domain/assign-runs.ts';
import { NO_BUDGETS } from '../domain/budget-room.ts';
import type { DispatchPorts } from '../ports.ts';
import { addTaskBudgets } from './read-budgets.ts';

/** Tasks looked at together once some were found that their budgets keep back. */
const LOOKED_AT = 100;

interface Pick {
  readonly ports: DispatchPorts;
  readonly places: Places;
  readonly now: number;
}

/** Gives ready tasks to free agents, highest priority first, at most `limit`, and takes their places. */
export async function chooseReady({ ports, places, now }: Pick, limit: number): Promise<Assignment[]> {
  const given: Assignment[] = [];
  const profiles = [...places.profileFree.keys()];
  const unpaid = new Set<string>();
  while (given.length < limit) {
    const wanted = limit - given.length;
    const most = unpaid.size > 0 ? Math.max(wanted, LOOKED_AT) : wanted;
    const exceptTasks = [...given.map((it) => it.task.id), ...unpaid] as Assignment['task']['id'][];
    const tasks = await ports.tasks.takeReady({ ...openPlaces(places), exceptTasks, now, limit: most });
    places.budgets = await addTaskBudgets(ports, places.budgets, { tasks, profiles });
    const [paid, tooDear] = splitByBudget(places, tasks);
    for (const task of tooDear) unpaid.add(task.id);
    const assigned = assignRuns(paid, places, wanted);
    given.push(...assigned);
    // A full batch may have been all for one agent that is full now, or over a budget: others must not wait behind it.
    const isMoved = assigned.length + tooDear.length > 0;
    if (!isMoved || tasks.length < most) break;
  }
  return given;
}

/** The tasks whose next run every budget allows, and the rest. */
function splitByBudget(places: Places, tasks: readonly Task[]): [paid: Task[], tooDear: Task[]] {
  const isPaid = (task: Task) => canPay(places, planned(task, task.assignee ?? ''));
  return [tasks.filter(isPaid), tasks.filter((task) => !isPaid(task))];
}

/** For whom and where a place is free and money is left, so that whatever is taken first can really run. */
export function openPlaces(places: Places) {
  const isFree = (profile: string) => places.runners.some((it) => it.free > 0 && canUse(it.agents, profile));
  const assignees = [...places.profileFree].flatMap(([it, free]) => (free > 0 && isFree(it) ? [it] : []));
  const exceptProjects = [...places.projectFree].flatMap(([id, free]) => (free <= 0 ? [id] : []));
  if (places.budgets === NO_BUDGETS) return { assignees, exceptProjects, exceptPairs: [] };
  return { assignees, exceptProjects, exceptPairs: unpaidPairs(places, assignees) };
}

/** Which profile cannot be paid in which project. */
function unpaidPairs(
  places: Places,
  assignees: readonly string[],
): { projectId: string; assignee: string }[] {
  const pairs = assignees.flatMap((assignee) =>
    [...places.projectFree.keys()].map((projectId) => ({ projectId, assignee })),
  );
  return pairs.filter(
    ({ projectId, assignee }) => !canPay(places, { taskId: '', projectId, profile: assignee }),
  );
}
