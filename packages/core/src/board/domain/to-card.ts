import type { TaskId } from '@quarterdeck/contract/ids';
import { glanceAt, lastOf, type Run } from '@quarterdeck/contract/run';
import { SATISFIED_STATUSES, type TaskStatus } from '@quarterdeck/contract/status';
import type { Link, Task, TaskAge, TaskCard } from '@quarterdeck/contract/task';
import type { WaitingReason } from '@quarterdeck/contract/waiting';

/** Everything beside the task itself that a card shows. */
export interface CardFacts {
  readonly parents: readonly { readonly id: TaskId; readonly status: TaskStatus }[];
  readonly children: readonly { readonly id: TaskId; readonly status: TaskStatus }[];
  readonly commentCount: number;
  readonly attachmentCount: number;
  readonly run: Run | null;
  /** The last run that ended, when the card should tell of it. */
  readonly lastRun: Run | null;
  readonly pendingApprovals: number;
  readonly waiting: WaitingReason | null;
  readonly now: number;
}

/** The card of a task. `progress` counts children that are done, as the seed does: archived ones are not. */
export function toCard(task: Task, facts: CardFacts): TaskCard {
  const { parents, children } = facts;
  const done = children.filter((child) => child.status === 'done').length;
  return {
    ...task,
    age: taskAge(task, facts.now),
    linkCounts: { parents: parents.length, children: children.length },
    commentCount: facts.commentCount,
    attachmentCount: facts.attachmentCount,
    progress: children.length === 0 ? null : { done, total: children.length },
    waitsFor: parents
      .filter((parent) => !SATISFIED_STATUSES.includes(parent.status))
      .map((parent) => parent.id),
    run: facts.run && glanceAt(facts.run),
    lastRun: facts.lastRun && lastOf(facts.lastRun),
    pendingApprovals: facts.pendingApprovals,
    waiting: facts.waiting,
  };
}

function taskAge(task: Task, now: number): TaskAge {
  const seconds = (from: number, to: number) => Math.max(0, Math.floor((to - from) / 1000));
  return {
    createdAgeSeconds: seconds(task.createdAt, now),
    startedAgeSeconds: task.startedAt === null ? null : seconds(task.startedAt, now),
    timeToCompleteSeconds:
      task.completedAt === null ? null : seconds(task.startedAt ?? task.createdAt, task.completedAt),
  };
}

type Relative = Pick<Task, 'id' | 'status'>;

/** Parents and children of every task that has any, from one pass over the links, which looks each end up once. */
export function relate(tasks: readonly Relative[], links: readonly Link[]) {
  const byId = new Map(tasks.map((task) => [task.id, createRelations(task)]));
  for (const { parentId, childId } of links) {
    const parent = byId.get(parentId);
    const child = byId.get(childId);
    if (!parent || !child) continue;
    push(child, 'parents', parent.task);
    push(parent, 'children', child.task);
  }
  return {
    parents: { get: (id: TaskId) => byId.get(id)?.parents },
    children: { get: (id: TaskId) => byId.get(id)?.children },
  };
}

interface Relations {
  readonly task: Relative;
  parents: Relative[] | undefined;
  children: Relative[] | undefined;
}

function createRelations(task: Relative): Relations {
  return { task, parents: undefined, children: undefined };
}

function push(relations: Relations, side: 'parents' | 'children', other: Relative): void {
  const list = relations[side];
  if (list) list.push(other);
  else relations[side] = [other];
}
