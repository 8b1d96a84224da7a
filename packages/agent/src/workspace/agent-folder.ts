import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunOrder } from '@quarterdeck/contract/runner-protocol';
import type { Attempt } from './workspace.ts';
import { attained, failed } from './workspace.ts';

type Placed = Pick<RunOrder, 'project' | 'workspace'>;

/** Where in its workspace an agent starts: in the folder of the repository that is the project, or at the top. */
export function agentFolder({ project, workspace }: Placed, workspacePath: string): string {
  return workspace.kind === 'worktree' ? join(workspacePath, project.subfolder ?? '') : workspacePath;
}

/**
 * Whether the agent can start there. A branch need not have the folder, and what a link of the branch points to is outside: neither is
 * a place to start in. To be asked for every run.
 */
export async function checkAgentFolder(order: Placed, workspacePath: string): Promise<Attempt<null>> {
  const { subfolder, baseBranch } = order.project;
  if (order.workspace.kind !== 'worktree' || subfolder === null) return attained(null);
  let path = workspacePath;
  for (const part of subfolder.split('/')) {
    path = join(path, part);
    const found = await lstat(path).catch(() => null);
    if (found?.isDirectory() && part !== '..') continue;
    const what =
      found === null
        ? `does not exist`
        : `is no folder of its own but ${found.isSymbolicLink() ? 'a link' : 'a file'}`;
    return failed(
      `The project's folder ${subfolder} ${what} in the worktree ${workspacePath}. Commit it as a folder on ${baseBranch ?? 'the base branch'}, or change the project's base branch, then retry the task.`,
    );
  }
  return attained(null);
}

/** What an agent is told that starts below the top of its worktree. */
export function folderNote({ project, workspace }: Placed): readonly string[] {
  if (workspace.kind !== 'worktree' || project.subfolder === null) return [];
  return [
    `You start in ${project.subfolder}, a folder of a larger repository that is checked out around it. Change files outside of ${project.subfolder} only where the task needs it; those changes are kept and shown too.`,
  ];
}
