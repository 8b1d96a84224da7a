import type { CommandId, TaskId } from '@quarterdeck/contract/ids';
import type { WorkspaceKind } from '@quarterdeck/contract/status';
import type { Ids } from '../events/index.ts';
import type { CommandOutbox, RunStore } from './ports.ts';

interface ReleaseWorkspace {
  readonly task: { readonly id: TaskId; readonly workspaceKind: WorkspaceKind };
  readonly projectPath: string;
  readonly now: number;
}

/**
 * Asks the runner to take away the workspace of an archived task. While a run of it lives nothing is asked: settling that run
 * asks again. The branch stays, and a workspace whose work would be lost stays too.
 */
export async function releaseWorkspace(
  deps: { readonly runs: RunStore; readonly commands: CommandOutbox; readonly ids: Ids },
  input: ReleaseWorkspace,
): Promise<void> {
  const { task, projectPath, now } = input;
  const runs = await deps.runs.ofTask(task.id);
  const last = runs.findLast((run) => run.workspacePath !== null);
  if (!last?.workspacePath || task.workspaceKind === 'dir' || runs.some((run) => run.status !== 'ended'))
    return;
  const workspace = { path: last.workspacePath, kind: task.workspaceKind };
  const commandId = deps.ids.next('c') as CommandId;
  const command = { kind: 'clean' as const, workspace, projectPath };
  await deps.commands.enqueue([{ commandId, runId: last.id, runnerId: last.runnerId, command }], now);
}
