import type { TaskId } from '@quarterdeck/contract/ids';
import { repositoryPath } from '@quarterdeck/contract/project';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';
import type { Task } from '@quarterdeck/contract/task';
import type { RunRecord } from '../../runs/index.ts';
import { unkeptText } from '../domain/unkept-text.ts';
import type { DispatchDeps, DispatchTransaction, KeepingSite, KeepOrder } from '../ports.ts';
import { recordKept } from './record-kept.ts';

interface KeepAgain {
  readonly taskId: string;
  readonly actor: string;
}

/**
 * Asks the runner to commit again what the last attempt left in its workspace, and moves the task on when all of it is kept.
 * Asking again is safe at any point: the runner answers the same, and what is recorded is what it said last.
 */
export async function keepAgain(
  deps: DispatchDeps & { readonly site: KeepingSite },
  input: KeepAgain,
): Promise<Result<Task>> {
  const plan = await planKeeping(deps, input.taskId);
  if (!plan.ok) return plan;
  const { run, order } = plan.value;
  const kept = await deps.site.keep(run.runnerId, order);
  if (!kept.ok) return kept;
  const recorded = await deps.db.write(async (transaction) => {
    const ports: DispatchTransaction = { ...transaction, ids: deps.ids };
    const found = await ports.runs.find(run.id);
    const now = deps.clock.now();
    if (found)
      await recordKept(ports, { run: found, kept: kept.value, actor: input.actor, byPerson: true, now });
    return ok({ run: await ports.runs.find(run.id), task: await ports.tasks.find(run.taskId) });
  });
  if (!recorded.ok) return recorded;
  const { task, run: after } = recorded.value;
  if (task === null) return refuse('task_not_found', { taskId: input.taskId });
  return after?.unkept ? refuse('keep_refused', { taskId: task.id, reason: unkeptText(after) }) : ok(task);
}

async function planKeeping(
  deps: DispatchDeps,
  taskId: string,
): Promise<Result<{ readonly run: RunRecord; readonly order: KeepOrder }>> {
  return deps.db.read(async (ports) => {
    const no = (reason: string) => refuse('keep_refused', { taskId, reason });
    const task = await ports.tasks.find(taskId as TaskId);
    if (task === null) return refuse('task_not_found', { taskId });
    const project = await ports.projects.find(task.projectId);
    if (project === null) return refuse('project_not_found', { projectId: task.projectId });
    const runs = await ports.runs.ofTask(task.id);
    if (runs.some((run) => run.status !== 'ended'))
      return no('an agent is at work on it, and its work is kept when it ends');
    const run = runs.findLast((it) => it.purpose === 'work');
    if (run === undefined) return no('no agent has worked on it');
    const { workspacePath, branch } = run;
    if (workspacePath === null) return refuse('workspace_gone', { taskId });
    if (branch === null && run.unkept === null) return no('it was worked on in a folder without git');
    const order: KeepOrder = {
      kind: 'keep',
      runId: run.id,
      taskId: task.id,
      title: task.title,
      profile: run.profile,
      projectId: project.id,
      projectPath: repositoryPath(project),
      baseBranch: project.baseBranch,
      workspace: { path: workspacePath, kind: task.workspaceKind },
      branch,
      base: run.baseCommit,
    };
    return ok({ run, order });
  });
}
