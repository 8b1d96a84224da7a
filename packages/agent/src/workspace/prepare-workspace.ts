import { mkdir } from 'node:fs/promises';
import { isAbsolute, join, resolve } from 'node:path';
import { prepareWorktree } from './prepare-worktree.ts';
import { isFolder, openRepository, readHead } from './repository.ts';
import type { Attempt, OnProgress, PreparedWorkspace, PrepareRequest } from './workspace.ts';
import { attained, failed } from './workspace.ts';

/**
 * Makes the folder a run works in, or finds the one of an earlier attempt. A failure is a text for a person
 * (outcome `workspace_failed`).
 */
export async function prepareWorkspace(
  request: PrepareRequest,
  onProgress: OnProgress,
): Promise<Attempt<PreparedWorkspace>> {
  const { order } = request;
  switch (order.workspace.kind) {
    case 'scratch':
      return prepareScratch(join(resolve(request.home), 'workspaces', order.taskId));
    case 'dir':
      return prepareDir(order.workspace.path ?? join(order.project.path, order.project.subfolder ?? ''));
    case 'worktree':
      return prepareWorktree(request, onProgress);
  }
}

async function prepareScratch(path: string): Promise<Attempt<PreparedWorkspace>> {
  try {
    const made = await mkdir(path, { recursive: true });
    return attained({ path, branch: null, base: null, notes: [], isReused: made === undefined });
  } catch (error) {
    return failed(`The scratch folder ${path} could not be made: ${(error as Error).message}.`);
  }
}

async function prepareDir(path: string): Promise<Attempt<PreparedWorkspace>> {
  if (!isAbsolute(path)) {
    return failed(
      `The task's folder ${path} is not an absolute path. Give the full path, starting with a slash.`,
    );
  }
  if (!(await isFolder(path))) {
    return failed(
      `The task's folder ${path} does not exist on this machine. Make it, or change the task's workspace.`,
    );
  }
  const opened = await openRepository(path);
  const base = opened.ok ? (await readHead(opened.value)).commit : null;
  return attained({ path, branch: null, base, notes: [], isReused: true });
}
