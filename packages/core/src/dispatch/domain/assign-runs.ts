import type { RunnerId } from '@quarterdeck/contract/ids';
import type { DetectedAgent } from '@quarterdeck/contract/profile';
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
}

/** Gives tasks in their order to runners: the emptiest one that has the agent, within the limits of profile and project. */
export function assignRuns(tasks: readonly Task[], places: Places): Assignment[] {
  const given: Assignment[] = [];
  for (const task of tasks) {
    const profile = task.assignee;
    if (profile === null || (places.profileFree.get(profile) ?? 0) <= 0) continue;
    const projectFree = places.projectFree.get(task.projectId) ?? Number.POSITIVE_INFINITY;
    if (projectFree <= 0) continue;
    const runner = places.runners
      .filter((candidate) => candidate.free > 0 && canUse(candidate.agents, profile))
      .toSorted((left, right) => right.free - left.free)[0];
    const agent = runner && canUse(runner.agents, profile);
    if (!runner || !agent) continue;
    runner.free -= 1;
    places.profileFree.set(profile, (places.profileFree.get(profile) ?? 0) - 1);
    places.projectFree.set(task.projectId, projectFree - 1);
    given.push({ task, agent, runnerId: runner.id });
  }
  return given;
}

/** The agent of this profile, when it is installed and signed in here. */
export function canUse(agents: readonly DetectedAgent[], profile: string): DetectedAgent | undefined {
  return agents.find((agent) => agent.profile === profile && agent.isInstalled && agent.isSignedIn);
}
