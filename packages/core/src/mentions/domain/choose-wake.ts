import type { Run } from '@quarterdeck/contract/run';
import type { TaskStatus } from '@quarterdeck/contract/status';
import type { Task } from '@quarterdeck/contract/task';

/** Times agents may prompt each other about one task, or send it back to each other, by mention. */
export const AGENT_MENTIONS = 5;

const WAITING: readonly TaskStatus[] = ['ready', 'todo', 'scheduled', 'triage'];
const CLOSING: readonly Run['status'][] = ['finishing', 'stopping', 'ended'];

export interface MentionFacts {
  readonly profile: string;
  readonly task: Pick<Task, 'status' | 'assignee' | 'landing'>;
  /** The run that has the task now. */
  readonly liveRun: Pick<Run, 'profile' | 'status'> | null;
  /** The last attempt at the work itself. */
  readonly lastWork: Pick<Run, 'profile'> | null;
  /** Who mentions: a person, or the run of an agent that works on another or this task. */
  readonly by: 'person' | { readonly profile: string; readonly isFollowUp: boolean };
  /** How often agents have woken each other on this task already. */
  readonly wokenByAgents: number;
}

export type Wake = 'prompt' | 'send_back' | 'unblock' | 'in_brief' | 'follow_up' | null;

/** How a mentioned agent gets a comment; null when it does not. */
export function chooseWake(facts: MentionFacts): Wake {
  const { by } = facts;
  if (by === 'person') return wayTo(facts);
  if (by.profile === facts.profile) return null;
  const way = wayTo(facts);
  if (way === 'in_brief') return way;
  if (way === 'follow_up') return by.isFollowUp ? null : way;
  return facts.wokenByAgents < AGENT_MENTIONS ? way : null;
}

function wayTo({ profile, task, liveRun, lastWork }: MentionFacts): Exclude<Wake, null> {
  if (liveRun?.profile === profile && !CLOSING.includes(liveRun.status)) return 'prompt';
  if (task.assignee !== profile) return 'follow_up';
  if (WAITING.includes(task.status)) return 'in_brief';
  const isHandedIn = lastWork?.profile === profile && task.landing?.status !== 'landed';
  if (!isHandedIn) return 'follow_up';
  if (task.status === 'blocked') return 'unblock';
  // A question about work that was approved must not take the approval back.
  return task.status === 'review' ? 'send_back' : 'follow_up';
}
