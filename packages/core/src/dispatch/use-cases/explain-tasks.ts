import type { Task } from '@quarterdeck/contract/task';
import type { WaitingReason } from '@quarterdeck/contract/waiting';
import { explainWaiting } from '../domain/explain-waiting.ts';
import type { DispatchPorts } from '../ports.ts';
import { readFacts } from './read-facts.ts';

type Ports = Pick<DispatchPorts, 'runners' | 'runs' | 'projects' | 'links'>;

/** Every reason why a task is not running, the one to mend first in front. */
export async function explainTask(ports: Ports, task: Task, now: number): Promise<WaitingReason[]> {
  const { facts } = await readFacts(ports, now);
  const waitsFor = task.status === 'todo' ? await ports.links.openParentsOf(task.id) : [];
  return explainWaiting(task, facts, waitsFor);
}

/** A function that gives the first reason of any task from the facts of this moment; parents are left to the card. */
export async function prepareExplainer(
  ports: Omit<Ports, 'links'>,
  now: number,
): Promise<(task: Task) => WaitingReason | null> {
  const { facts } = await readFacts(ports, now);
  return (task) => explainWaiting(task, facts, [])[0] ?? null;
}
