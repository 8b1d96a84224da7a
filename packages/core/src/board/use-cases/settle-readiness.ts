import type { TaskId } from '@quarterdeck/contract/ids';
import { SATISFIED_STATUSES } from '@quarterdeck/contract/status';
import type { Task } from '@quarterdeck/contract/task';
import { applyVerb } from '../domain/apply-verb.ts';
import { moveEvent } from '../domain/move-event.ts';
import { readinessVerb } from '../domain/readiness-verb.ts';
import type { BoardPorts } from '../ports.ts';

type Ports = Pick<BoardPorts, 'tasks' | 'links' | 'events'>;
interface Moment {
  readonly actor: string;
  readonly now: number;
}

/** Puts one waiting task where its parents and its start time say, and returns it as it then stands. */
export async function settleReadiness(ports: Ports, task: Task, moment: Moment): Promise<Task> {
  const openParents = await ports.links.openParentsOf(task.id);
  const verb = readinessVerb(task, { openParents: openParents.length, now: moment.now });
  if (verb === null) return task;
  const moved = applyVerb(task, verb, {
    now: moment.now,
    changes: verb === 'schedule' ? { scheduledAt: task.scheduledAt } : {},
  });
  if (!moved.ok) return task;
  await ports.tasks.save(moved.value);
  const because = `waits for ${openParents.join(', ')}`;
  await ports.events.append(
    [moveEvent(verb, { before: task, after: moved.value, actor: moment.actor, byPerson: false, because })],
    moment.now,
  );
  return moved.value;
}

/** After a task became satisfied, or stopped being so: promotes the children that waited for it, or sends ready ones back. */
export async function settleChildren(
  ports: Ports,
  taskIds: readonly TaskId[],
  moment: Moment,
): Promise<void> {
  const links = await ports.links.childrenOf(taskIds);
  const children = await ports.tasks.findMany([...new Set(links.map((link) => link.childId))]);
  for (const child of children) await settleReadiness(ports, child, moment);
}

/** Whether a move changes what the children of a task wait for. */
export function changesChildren(before: Task, after: Task): boolean {
  return SATISFIED_STATUSES.includes(before.status) !== SATISFIED_STATUSES.includes(after.status);
}
