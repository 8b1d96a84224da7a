import type { Diagnostic } from '@quarterdeck/contract/diagnostic';
import type { TaskId } from '@quarterdeck/contract/ids';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';
import type { Task } from '@quarterdeck/contract/task';
import { findProblems } from '../domain/find-problems.ts';
import type { DiagnosticDeps, DiagnosticPorts } from '../ports.ts';
import { readTaskFacts } from './read-task-facts.ts';

/** What is wrong on the board, or with one task, worst first. It is worked out anew each time, so what was mended is gone. */
export async function diagnose<Ports extends DiagnosticPorts>(
  deps: DiagnosticDeps<Ports>,
  query: { readonly task?: string | undefined },
): Promise<Result<{ diagnostics: Diagnostic[] }>> {
  return deps.db.read(async (ports) => {
    const tasks = await chooseTasks(ports, query.task);
    if (tasks === null) return refuse('task_not_found', { taskId: query.task ?? '' });
    return ok({ diagnostics: await diagnoseIn(deps, ports, tasks) });
  });
}

/** The same for these tasks, inside a transaction the caller owns. */
export async function diagnoseIn<Ports extends DiagnosticPorts>(
  deps: Omit<DiagnosticDeps<Ports>, 'db'>,
  ports: Ports,
  tasks: readonly Task[],
): Promise<Diagnostic[]> {
  const explain = await deps.explainer(ports, tasks);
  const facts = await readTaskFacts(ports, tasks, { now: deps.clock.now(), explain });
  return findProblems(facts, deps.onFailed);
}

async function chooseTasks(ports: DiagnosticPorts, taskId: string | undefined): Promise<Task[] | null> {
  if (taskId === undefined) {
    const flawed = new Set((await ports.runs.flawed()).map((run) => run.taskId));
    const all = await ports.tasks.list({ includeArchived: false });
    return all.filter((task) => canBeWrong(task) || flawed.has(task.id));
  }
  const task = await ports.tasks.find(taskId as TaskId);
  return task && [task];
}

/** Nothing is wrong with what is thought through, done and landed, or waits for its time. */
function canBeWrong({ status, landing }: Task): boolean {
  if (status === 'done') return landing !== null && landing.status !== 'landed';
  return status !== 'triage' && status !== 'archived';
}
