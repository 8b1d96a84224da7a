import type { RunnerId, TaskId } from '@quarterdeck/contract/ids';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';
import type { RunnerQuery } from '@quarterdeck/contract/runner-protocol';
import type { WorkspaceDeps, WorkspacePorts, WorkspaceRecord } from '../ports.ts';

export type RemoveOrder = Extract<RunnerQuery, { kind: 'remove' }>;

interface RemoveDeps extends Pick<WorkspaceDeps, 'db'> {
  /** The machine that has the folder. It refuses with `workspace_kept` while work in it would be lost. */
  readonly remove: (runnerId: RunnerId, order: RemoveOrder) => Promise<Result<unknown>>;
}

/** Takes the workspace of a task away, on every runner that has one. The branch stays, and so does what would be lost. */
export async function removeWorkspace(deps: RemoveDeps, taskId: string): Promise<Result<null>> {
  const found = await deps.db.read((ports) => findRemovable(ports, taskId as TaskId));
  if (!found.ok) return found;
  for (const { run, task, projectPath, projectId } of found.value) {
    const workspace = { path: run.workspacePath, kind: task.workspaceKind };
    const order = { kind: 'remove', runId: run.id, workspace, projectPath, projectId } as const;
    const removed = await deps.remove(run.runnerId, order);
    if (!removed.ok) {
      const { code, details } = removed.refusal;
      return code === 'workspace_kept' ? kept(taskId, String(details?.['reason'] ?? '')) : removed;
    }
    await deps.db.write(async (ports) => ok(await ports.workspaces.forget(run)));
  }
  return ok(null);
}

async function findRemovable(
  ports: Pick<WorkspacePorts, 'tasks' | 'runs' | 'workspaces'>,
  taskId: TaskId,
): Promise<Result<WorkspaceRecord[]>> {
  const task = await ports.tasks.find(taskId);
  if (task === null) return refuse('task_not_found', { taskId });
  if (task.workspaceKind === 'dir')
    return kept(taskId, 'it is a folder of yours, which Quarterdeck never removes');
  const runs = await ports.runs.ofTask(taskId);
  if (runs.some((run) => run.status !== 'ended'))
    return kept(taskId, 'a run is at work in it. Stop the run first');
  const found = await ports.workspaces.ofTask(taskId);
  return found.length > 0 ? ok(found) : refuse('workspace_not_found', { taskId });
}

function kept(taskId: string, reason: string) {
  return refuse('workspace_kept', { taskId, reason: reason.replace(/\.$/, '') });
}
