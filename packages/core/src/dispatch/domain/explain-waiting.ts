import type { Agent } from '@quarterdeck/contract/fleet';
import type { Task } from '@quarterdeck/contract/task';
import type { WaitingReason } from '@quarterdeck/contract/waiting';
import type { BudgetFacts } from './budget-room.ts';
import { type CrampedRunner, explainBudgets, explainHandPause, explainMemory } from './explain-limits.ts';

/** What the dispatcher knows of the fleet at one moment. */
export interface DispatchFacts {
  readonly now: number;
  readonly agents: ReadonlyMap<string, Agent>;
  /** Profiles whose provider's limit is used up, and until when. */
  readonly pauses: ReadonlyMap<string, number>;
  readonly hasRunner: boolean;
  /** Free places over all connected runners. */
  readonly freePlaces: number;
  /** Profiles that some connected runner with a free place can run. */
  readonly openProfiles: ReadonlySet<string>;
  /** Connected runners that are kept from their free places by their memory. */
  readonly cramped: readonly CrampedRunner[];
  readonly budgets: BudgetFacts;
  /** Where the work of tasks in review is, when there are several machines. */
  readonly reviewHomes: ReadonlyMap<string, ReviewHome>;
  readonly projects: ReadonlyMap<
    string,
    { readonly name: string; readonly live: number; readonly max: number | null }
  >;
}

/** The machine that has the work of a task. */
export interface ReviewHome {
  readonly name: string;
  readonly isConnected: boolean;
  /** Agents that can be used there. */
  readonly profiles: readonly string[];
}

type Check = (task: Task, facts: DispatchFacts) => WaitingReason | null;

const reason = (
  code: WaitingReason['code'],
  message: string,
  remedy: string | null = null,
): WaitingReason => ({ code, message, remedy });

/** Who is to run next on it: whoever does it, or whoever reviews it. */
function profileFor(task: Task): string | null {
  return task.status === 'review' ? task.reviewer : task.assignee;
}

const checkAssignee: Check = (task) =>
  profileFor(task) === null ? reason('no_assignee', 'nobody is assigned', 'Assign an agent to it.') : null;

const checkRunner: Check = (_, facts) =>
  facts.hasRunner
    ? null
    : reason('no_runner', 'no runner is connected', 'Start one: quarterdeck runner start');

const checkAgent: Check = (task, facts) => {
  const profile = profileFor(task);
  if (profile === null || !facts.hasRunner) return null;
  const agent = facts.agents.get(profile);
  if (!agent)
    return reason(
      'profile_unknown',
      `${profile} is not an agent here`,
      'Assign an agent, or do it yourself.',
    );
  if (!agent.isInstalled)
    return reason('profile_not_installed', `${agent.name} is not installed`, agent.remedy);
  return agent.isSignedIn
    ? null
    : reason('profile_not_signed_in', `${agent.name} is not signed in`, agent.remedy);
};

const checkBackOff: Check = (task, facts) => {
  if (task.retryAt === null || task.retryAt <= facts.now) return null;
  const again = task.status === 'review' ? 'Ask for the review again' : 'Move it to ready again';
  const remedy = `${again} to try at once.`;
  return { ...reason('backing_off', 'waits after a failure', remedy), until: task.retryAt };
};

const checkHandPause: Check = (task, facts) => explainHandPause(facts.agents.get(profileFor(task) ?? ''));

const checkPause: Check = (task, facts) => {
  const profile = profileFor(task);
  const until = profile === null ? undefined : facts.pauses.get(profile);
  const agent = profile === null ? undefined : facts.agents.get(profile);
  if (until === undefined || agent === undefined || until <= facts.now) return null;
  const remedy = `If there is more to use now: \`quarterdeck agent resume ${profile}\`, or give the task to another agent.`;
  return {
    ...reason('profile_paused', `${agent.name}: usage limit used up`, remedy),
    until,
  };
};

const checkProject: Check = (task, facts) => {
  const project = facts.projects.get(task.projectId);
  if (!project || project.max === null || project.live < project.max) return null;
  return reason(
    'project_full',
    `${project.name} runs ${project.live} of ${project.max} at once`,
    'Raise the limit in the project settings.',
  );
};

const checkProfile: Check = (task, facts) => {
  const profile = profileFor(task);
  const agent = profile === null ? undefined : facts.agents.get(profile);
  if (!agent || agent.liveRuns < agent.maxConcurrentRuns) return null;
  return reason(
    'profile_full',
    `next when ${agent.name} has a free slot (${agent.liveRuns} of ${agent.maxConcurrentRuns})`,
  );
};

const checkPlaces: Check = (task, facts) => {
  if (!facts.hasRunner) return null;
  const cramped = explainMemory(profileFor(task), facts);
  if (cramped !== null) return cramped;
  return facts.freePlaces <= 0 ? reason('runner_full', 'every runner is full') : null;
};

const CHECKS: readonly Check[] = [
  checkAssignee,
  checkRunner,
  checkAgent,
  checkHandPause,
  checkPause,
  checkBackOff,
  checkProject,
  checkProfile,
  checkPlaces,
];

/** Every reason why a task is not running, the one to mend first in front. Empty when it runs, is finished or waits for a person. */
export function explainWaiting(
  task: Task,
  facts: DispatchFacts,
  waitsFor: readonly string[],
): WaitingReason[] {
  if (task.status === 'scheduled') return [reason('scheduled_later', 'it waits for its start time')];
  if (task.status === 'todo') {
    if (waitsFor.length > 0) return [reason('parents_open', `waits for ${waitsFor.join(', ')}`)];
    return task.isHeld ? [reason('held', 'held by a person', 'Move it to ready to start it.')] : [];
  }
  if (task.status === 'review') return explainReview(task, facts);
  if (task.status !== 'ready') return [];
  return explainQueue(task, facts, 'starts now');
}

/** What keeps it from the next free agent; `next` when nothing does. */
function explainQueue(task: Task, facts: DispatchFacts, next: string): WaitingReason[] {
  const kept = CHECKS.flatMap((check) => check(task, facts) ?? []);
  const reasons = [...kept, ...explainBudgets(task, profileFor(task), facts.budgets)];
  return reasons.length > 0 ? reasons : [reason('next', next)];
}

/** Why nobody reviews it; empty when somebody has said what they think, or when any person may. */
function explainReview(task: Task, facts: DispatchFacts): WaitingReason[] {
  const { reviewer, verdict, landing } = task;
  if (reviewer === null || verdict !== null || landing?.status === 'landed') return [];
  if (task.isHeld) {
    const why = task.blockReason ?? 'a person decides about it';
    return [reason('review_by_person', why, 'Decide about it, or ask for another review.')];
  }
  const isKnown = facts.agents.has(reviewer) || !facts.hasRunner;
  if (!isKnown) return [reason('review_by_person', `waits for ${reviewer} to review it`)];
  const away = explainHome(reviewer, facts.reviewHomes.get(task.id));
  return away ? [away] : explainQueue(task, facts, 'its review starts now');
}

/** A review is where the work is: another machine with the same agent does not help. */
function explainHome(reviewer: string, home: ReviewHome | undefined): WaitingReason | null {
  if (home === undefined) return null;
  if (!home.isConnected)
    return reason(
      'no_runner',
      `${home.name}, which has the work, is not connected`,
      'Start its runner again.',
    );
  if (home.profiles.includes(reviewer)) return null;
  const remedy = `Install ${reviewer} there, or choose another reviewer.`;
  return reason('profile_not_installed', `${home.name}, which has the work, cannot run ${reviewer}`, remedy);
}
