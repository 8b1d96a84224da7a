import type { RunnerId, TaskId } from '@quarterdeck/contract/ids';
import type { DetectedAgent } from '@quarterdeck/contract/profile';
import type { RunPurpose } from '@quarterdeck/contract/status';
import type { Task } from '@quarterdeck/contract/task';

/** Free places while tasks are being given out. */
export interface Places {
  readonly runners: { readonly id: RunnerId; readonly agents: readonly DetectedAgent[]; free: number }[];
  readonly profileFree: Map<string, number>;
  readonly projectFree: Map<string, number>;
}

export interface Assignment {
  readonly task: Task;
  readonly agent: DetectedAgent;
  readonly runnerId: RunnerId;
  readonly purpose: RunPurpose;
}

/** Gives tasks in their order to runners: the emptiest one that has the agent, within the limits of profile and project. */
export function assignRuns(tasks: readonly Task[], places: Places): Assignment[] {
  const given: Assignment[] = [];
  for (const task of tasks) {
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
  if (projectFree <= 0) return null;
  const runner = places.runners
    .filter((it) => it.free > 0 && (at === undefined || it.id === at) && canUse(it.agents, profile))
    .toSorted((left, right) => right.free - left.free)[0];
  const agent = runner && canUse(runner.agents, profile);
  if (!runner || !agent) return null;
  runner.free -= 1;
  places.profileFree.set(profile, (places.profileFree.get(profile) ?? 0) - 1);
  places.projectFree.set(task.projectId, projectFree - 1);
  return { agent, runnerId: runner.id };
}

/** The agent of this profile, when it is installed and signed in here. */
export function canUse(agents: readonly DetectedAgent[], profile: string): DetectedAgent | undefined {
  return agents.find((agent) => agent.profile === profile && agent.isInstalled && agent.isSignedIn);
}
