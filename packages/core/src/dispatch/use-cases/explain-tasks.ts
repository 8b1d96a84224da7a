import type { Task } from '@quarterdeck/contract/task';
import type { WaitingReason } from '@quarterdeck/contract/waiting';
import { explainWaiting } from '../domain/explain-waiting.ts';
import type { DispatchPorts } from '../ports.ts';
import { type FactPorts, readFacts } from './read-facts.ts';

type Ports = FactPorts & Pick<DispatchPorts, 'links'>;

/** Every reason why a task is not running, the one to mend first in front. */
export async function explainTask(ports: Ports, task: Task, now: number): Promise<WaitingReason[]> {
  const { facts } = await readFacts(ports, { now, tasks: [task] });
  const waitsFor = task.status === 'todo' ? await ports.links.openParentsOf(task.id) : [];
  return explainWaiting(task, facts, waitsFor);
}

/** A function that gives the first reason of any of these tasks from the facts of this moment; parents are left to the card. */
export async function prepareExplainer(
  ports: FactPorts,
  now: number,
  all: readonly Task[] = [],
): Promise<(task: Task) => WaitingReason | null> {
  const tasks = all.filter((task) => task.status === 'ready' || task.status === 'review');
  const { facts } = await readFacts(ports, { now, tasks });
  return (task) => explainWaiting(task, facts, [])[0] ?? null;
}
