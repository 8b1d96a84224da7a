import { dollarText, spentWhen } from '@quarterdeck/contract/budget-text';
import type { Agent } from '@quarterdeck/contract/fleet';
import type { Task } from '@quarterdeck/contract/task';
import type { WaitingReason } from '@quarterdeck/contract/waiting';
import { type BudgetFacts, findOverruns, type Overrun } from './budget-room.ts';

/** A machine with a free place that it has no memory for. */
export interface CrampedRunner {
  readonly name: string;
  readonly availableBytes: number;
  readonly profiles: readonly string[];
}

const MIB = 1024 * 1024;
const CODES = { task: 'task_budget', project: 'project_budget', profile: 'profile_budget' } as const;

/** A profile a person or a row of equal failures has paused; it ends when somebody resumes it. */
export function explainHandPause(agent: Agent | undefined): WaitingReason | null {
  if (!agent?.isPaused) return null;
  const why = agent.pauseReason === null ? '' : `: ${agent.pauseReason}`;
  return {
    code: 'profile_paused',
    message: `${agent.name} is paused${why}`,
    remedy: `Resume it on the Agents page, or run \`quarterdeck agent resume ${agent.profile}\`.`,
  };
}

/** Whether only memory keeps a profile from its free places. */
export function explainMemory(
  profile: string | null,
  facts: { readonly openProfiles: ReadonlySet<string>; readonly cramped: readonly CrampedRunner[] },
): WaitingReason | null {
  if (profile === null || facts.openProfiles.has(profile)) return null;
  const [runner] = facts.cramped.filter((it) => it.profiles.includes(profile));
  if (runner === undefined) return null;
  return {
    code: 'low_memory',
    message: `${runner.name} is low on memory (${Math.round(runner.availableBytes / MIB)} MiB free)`,
    remedy: 'Close something on that machine, or connect another one.',
  };
}

/** Every budget the next run of a task would pass. */
export function explainBudgets(task: Task, profile: string | null, budgets: BudgetFacts): WaitingReason[] {
  if (profile === null) return [];
  return findOverruns({ taskId: task.id, projectId: task.projectId, profile }, budgets).map(overrunReason);
}

function overrunReason({ scope, room, nextMicros }: Overrun): WaitingReason {
  const spent = `${dollarText(room.spentMicros)} of ${dollarText(room.limitMicros)} spent`;
  const when = scope === 'task' ? '' : ` ${spentWhen(room.period)}`;
  const next = nextMicros > 0 ? `, the next run costs about ${dollarText(nextMicros)}` : '';
  const whose = scope === 'task' ? 'its budget' : `the budget of ${room.name}`;
  const place = {
    task: 'Raise the budget of the task.',
    project: 'Raise the budget in the project settings.',
    profile: 'Raise the budget on the Agents page.',
  };
  return {
    code: CODES[scope],
    message: `${whose} is used up (${spent}${when}${next})`,
    remedy: place[scope],
    ...(room.until !== null && { until: room.until }),
  };
}
