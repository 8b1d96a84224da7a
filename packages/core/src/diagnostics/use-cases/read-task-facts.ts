import type { TaskId } from '@quarterdeck/contract/ids';
import type { Link, Task } from '@quarterdeck/contract/task';
import type { WaitingReason } from '@quarterdeck/contract/waiting';
import { failureLimit } from '../../dispatch/index.ts';
import { findRings } from '../domain/find-ring.ts';
import type { TaskFacts } from '../domain/task-facts.ts';
import type { DiagnosticPorts } from '../ports.ts';

interface Moment {
  readonly now: number;
  readonly explain: (task: Task) => WaitingReason | null;
}

/** What the rules need to know of these tasks, from a fixed number of queries, however many tasks there are. */
export async function readTaskFacts(
  ports: DiagnosticPorts,
  tasks: readonly Task[],
  { now, explain }: Moment,
): Promise<TaskFacts[]> {
  const idsOf = (isWanted: (task: Task) => boolean) => tasks.filter(isWanted).map((task) => task.id);
  const live = new Map((await ports.runs.live()).map((run) => [run.id, run]));
  const failed = await ports.runs.lastEnded(idsOf(hasFailed));
  const flawed = await ports.runs.flawed();
  const lastRuns = new Map([...failed, ...flawed].map((ended) => [ended.taskId, ended]));
  const pending = await ports.moments.pendingSince();
  const comments = await ports.moments.lastCommentAt(
    idsOf(({ status }) => status === 'blocked' || status === 'review'),
  );
  const ready = await ports.moments.readySince(
    idsOf((task) => task.status === 'ready' && task.assignee !== null),
  );
  const family = await readParents(ports, tasks);
  return tasks.map((task) => {
    const run = task.currentRunId === null ? undefined : live.get(task.currentRunId);
    return {
      now,
      task,
      failureLimit: failureLimit(lastRuns.get(task.id)?.outcome ?? null),
      run: run?.taskId === task.id ? run : null,
      lastRun: lastRuns.get(task.id) ?? null,
      pendingSince: pending.get(task.id) ?? null,
      lastCommentAt: comments.get(task.id) ?? null,
      readySince: ready.get(task.id) ?? null,
      waiting: task.status === 'ready' ? explain(task) : null,
      parents: family.parentsOf(task.id),
      ring: family.rings.get(task.id) ?? [],
    };
  });
}

const hasFailed = (task: Task): boolean => task.blockKind === 'failures' || task.failureCount > 0;

/** How far up is looked from one task; with the whole board all tasks in todo are there from the start. */
const LONGEST_CLIMB = 50;

/** Links upwards from tasks in todo, as far as they wait for others in todo; a ring can only be among those. */
async function readParents(ports: DiagnosticPorts, tasks: readonly Task[]) {
  const known = new Map(tasks.map((task) => [task.id, task]));
  const links: Link[] = [];
  let rows = tasks.filter(isTodo);
  for (let climbed = 0; rows.length > 0 && climbed < LONGEST_CLIMB; climbed += 1) {
    const found = await ports.links.linksTo(rows.map((task) => task.id));
    links.push(...found);
    const missing = new Set(found.map((link) => link.parentId).filter((id) => !known.has(id)));
    const parents = missing.size === 0 ? [] : await ports.tasks.findMany([...missing]);
    for (const parent of parents) known.set(parent.id, parent);
    rows = parents.filter(isTodo);
  }
  const byChild = Map.groupBy(links, (link) => link.childId);
  return {
    parentsOf: (taskId: TaskId) =>
      (byChild.get(taskId) ?? []).flatMap(({ parentId }) => known.get(parentId) ?? []),
    rings: findRings(links.filter(({ parentId }) => isTodo(known.get(parentId)))),
  };
}

const isTodo = (task: Task | undefined): task is Task => task?.status === 'todo';
