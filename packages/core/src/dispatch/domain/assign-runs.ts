import type { RunnerId, TaskId } from '@quarterdeck/contract/ids';
import type { DetectedAgent } from '@quarterdeck/contract/profile';
import type { RunPurpose } from '@quarterdeck/contract/status';
import type { Task } from '@quarterdeck/contract/task';
import {
  type BudgetFacts,
  findOverruns,
  NO_BUDGETS,
  type PlannedRun,
  takeFromBudgets,
} from './budget-room.ts';

/** Free places while tasks are being given out. */
export interface Places {
  readonly runners: { readonly id: RunnerId; readonly agents: readonly DetectedAgent[]; free: number }[];
  readonly profileFree: Map<string, number>;
  readonly projectFree: Map<string, number>;
  /** What may still be spent. */
  budgets: BudgetFacts;
}

export interface Assignment {
  readonly task: Task;
  readonly agent: DetectedAgent;
  readonly runnerId: RunnerId;
  readonly purpose: RunPurpose;
}

/** Gives tasks in their order to runners: the emptiest one that has the agent, within the limits of profile and project. */
export function assignRuns(
  tasks: readonly Task[],
  places: Places,
  limit = Number.POSITIVE_INFINITY,
): Assignment[] {
  const given: Assignment[] = [];
  for (const task of tasks) {
    if (given.length >= limit) break;
    const taken = task.assignee === null ? null : takePlace(places, { task, profile: task.assignee });
    if (taken) given.push({ task, ...taken, purpose: 'work' });
  }
  return given;
}

/**
 * Gives tasks in review to their reviewers, where the work is: `homes` has the runner of each that was worked on. Others can be
 * reviewed anywhere.
 */
export function assignReviews(
  tasks: readonly Task[],
  places: Places,
  homes: ReadonlyMap<TaskId, RunnerId>,
): Assignment[] {
  const given: Assignment[] = [];
  for (const task of tasks) {
    const at = homes.get(task.id);
    const taken = task.reviewer === null ? null : takePlace(places, { task, profile: task.reviewer, at });
    if (taken) given.push({ task, ...taken, purpose: 'review' });
  }
  return given;
}

interface Wish {
  readonly task: Task;
  readonly profile: string;
  /** The only runner that will do. */
  readonly at?: RunnerId | undefined;
}

function takePlace(
  places: Places,
  { task, profile, at }: Wish,
): Pick<Assignment, 'agent' | 'runnerId'> | null {
  if ((places.profileFree.get(profile) ?? 0) <= 0) return null;
  const projectFree = places.projectFree.get(task.projectId) ?? Number.POSITIVE_INFINITY;
  if (projectFree <= 0 || !canPay(places, planned(task, profile))) return null;
  const runner = places.runners
    .filter((it) => it.free > 0 && (at === undefined || it.id === at) && canUse(it.agents, profile))
    .toSorted((left, right) => right.free - left.free)[0];
  const agent = runner && canUse(runner.agents, profile);
  if (!runner || !agent) return null;
  runner.free -= 1;
  places.profileFree.set(profile, (places.profileFree.get(profile) ?? 0) - 1);
  places.projectFree.set(task.projectId, projectFree - 1);
  if (places.budgets !== NO_BUDGETS) places.budgets = takeFromBudgets(planned(task, profile), places.budgets);
  return { agent, runnerId: runner.id };
}

/** Whether this run would pass no budget. */
export function canPay({ budgets }: Pick<Places, 'budgets'>, run: PlannedRun): boolean {
  return budgets === NO_BUDGETS || findOverruns(run, budgets).length === 0;
}

/** A run of this task by this profile, as budgets look at it. */
export function planned({ id: taskId, projectId }: Task, profile: string): PlannedRun {
  return { taskId, projectId, profile };
}

/** The agent of this profile, when it is installed and signed in here. */
export function canUse(agents: readonly DetectedAgent[], profile: string): DetectedAgent | undefined {
  return agents.find((agent) => agent.profile === profile && agent.isInstalled && agent.isSignedIn);
}
