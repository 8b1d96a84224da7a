import { isSameLabel } from '@quarterdeck/contract/label';
import type { TaskSeen } from '@quarterdeck/contract/seen';
import type { TaskStatus } from '@quarterdeck/contract/status';
import type { Task } from '@quarterdeck/contract/task';
import { hasNoWayBack, undoTarget } from './move-targets.ts';

/** One change for many tasks. */
export interface BulkChange {
  readonly status?: TaskStatus;
  readonly assignee?: string;
  readonly archive?: boolean;
  readonly addLabels?: string[];
  readonly removeLabels?: string[];
}

/** A change for some of the tasks, and what it replaces in each. */
export interface BulkStep {
  readonly ids: readonly string[];
  readonly change: BulkChange;
  readonly seen: Record<string, TaskSeen>;
}

type Before = Pick<Task, 'id' | 'status' | 'assignee' | 'labels'>;

/** What takes a change of many tasks back, for those that were changed by it: as few steps as there are different ways back. */
export function bulkUndo(change: BulkChange, before: readonly Before[]): readonly BulkStep[] {
  const steps = before.flatMap((task) => waysBack(change, task).map((back) => ({ id: task.id, back })));
  const alike = Map.groupBy(steps, ({ back }) => JSON.stringify(back));
  const made = { status: change.archive ? 'archived' : change.status, assignee: change.assignee || null };
  return [...alike.values()].map((group) => {
    const back = group[0]?.back ?? {};
    const seen = group.map(({ id }) => [id, seenBy(back, made)]);
    return { ids: group.map(({ id }) => id), change: back, seen: Object.fromEntries(seen) };
  });
}

/** What a change of many tasks replaces in each of them. Labels are added and taken away, so they replace nothing. */
export function seenInMany(before: readonly Before[], change: BulkChange): Record<string, TaskSeen> {
  return Object.fromEntries(before.map((task) => [task.id, seenBy(change, task)]));
}

function seenBy(change: BulkChange, { status, assignee }: TaskSeen): TaskSeen {
  return {
    ...((change.status !== undefined || change.archive) && { status }),
    ...(change.assignee !== undefined && { assignee }),
  };
}

function waysBack(change: BulkChange, task: Before): readonly BulkChange[] {
  const back: BulkChange[] = [];
  const to = change.archive ? 'archived' : change.status;
  const status = to === undefined || to === task.status ? null : statusBefore(task.status, to);
  if (status !== null) back.push({ status });
  const { assignee, addLabels = [], removeLabels = [] } = change;
  if (assignee !== undefined && assignee !== (task.assignee ?? ''))
    back.push({ assignee: task.assignee ?? '' });
  const has = (label: string) => task.labels.find((own) => isSameLabel(own, label));
  for (const label of addLabels) if (!has(label)) back.push({ removeLabels: [label] });
  for (const label of removeLabels) {
    const own = has(label);
    if (own !== undefined) back.push({ addLabels: [own] });
  }
  return back;
}

function statusBefore(from: TaskStatus, to: TaskStatus): TaskStatus | null {
  return hasNoWayBack(from, to) ? null : undoTarget(from, to);
}
