import type { TaskId } from '@quarterdeck/contract/ids';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';
import type { Link, Task } from '@quarterdeck/contract/task';
import type { BoardDeps, BoardPorts } from '../ports.ts';
import { settleReadiness } from './settle-readiness.ts';

interface LinkTasks {
  readonly parentId: string;
  readonly childId: string;
  readonly actor: string;
}

/** Makes the child wait for the parent. Refuses itself, unknown tasks, a link that is there, and any cycle, naming it. */
export async function linkTasks(deps: BoardDeps, input: LinkTasks): Promise<Result<Link>> {
  return deps.db.write((ports) => linkTasksIn(ports, { ...input, now: deps.clock.now() }));
}

/** The same inside a transaction the caller owns. */
export async function linkTasksIn(
  ports: BoardPorts,
  input: LinkTasks & { readonly now: number },
): Promise<Result<Link>> {
  const { parentId, childId, actor, now } = input;
  if (parentId === childId) return refuse('link_self', { taskId: parentId });
  const [parent, child] = [
    await ports.tasks.find(parentId as TaskId),
    await ports.tasks.find(childId as TaskId),
  ];
  if (parent === null) return refuse('link_unknown_task', { taskId: parentId });
  if (child === null) return refuse('link_unknown_task', { taskId: childId });
  await ports.links.lock();
  const cycle = await pathDown(ports, child.id, parent.id);
  if (cycle !== null) return refuse('link_cycle', { cycle: [parent.id, ...cycle].join(' → ') });
  const link = { parentId: parent.id, childId: child.id };
  if (!(await ports.links.insert(link, now))) return refuse('link_duplicate', link);
  await ports.events.append(
    [
      {
        kind: 'task.linked',
        actor,
        taskId: child.id,
        projectId: child.projectId,
        runId: null,
        payload: link,
      },
    ],
    now,
  );
  await settleReadiness(ports, await releaseHold(ports, child, { actor, now }), { actor, now });
  return ok(link);
}

/** A held task that is told what to wait for is no longer held: it goes on when its parents are done. */
async function releaseHold(
  ports: BoardPorts,
  child: Task,
  moment: { actor: string; now: number },
): Promise<Task> {
  if (child.status !== 'todo' || !child.isHeld || (await ports.links.openParentsOf(child.id)).length === 0)
    return child;
  const released: Task = { ...child, isHeld: false, updatedAt: moment.now };
  await ports.tasks.save(released);
  const { id: taskId, projectId } = released;
  const payload = { task: released, fields: ['isHeld'] };
  await ports.events.append(
    [{ kind: 'task.edited', actor: moment.actor, taskId, projectId, runId: null, payload }],
    moment.now,
  );
  return released;
}

/** The chain of children from one task down to another, both included, or null when there is none. */
async function pathDown(ports: BoardPorts, from: TaskId, to: TaskId): Promise<TaskId[] | null> {
  const cameFrom = new Map<TaskId, TaskId | null>([[from, null]]);
  for (let level: TaskId[] = [from]; level.length > 0 && !cameFrom.has(to); ) {
    const links = await ports.links.childrenOf(level);
    const fresh = links.filter((link) => !cameFrom.has(link.childId));
    for (const link of fresh) cameFrom.set(link.childId, link.parentId);
    level = [...new Set(fresh.map((link) => link.childId))];
  }
  if (!cameFrom.has(to)) return null;
  const path: TaskId[] = [];
  for (let at: TaskId | null = to; at !== null; at = cameFrom.get(at) ?? null) path.unshift(at);
  return path;
}
