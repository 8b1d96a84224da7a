import { prepareCopy } from '../folders/prepare-copy.ts';
import { prepareInPlace, prepareScratch } from '../folders/prepare-folder.ts';
import { prepareWorktree } from './prepare-worktree.ts';
import type { Attempt, OnProgress, PreparedWorkspace, PrepareRequest } from './workspace.ts';

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
      return prepareScratch(request);
    case 'dir':
      return prepareInPlace(request, onProgress);
    case 'copy':
      return prepareCopy(request, onProgress);
    case 'worktree':
      return prepareWorktree(request, onProgress);
  }
}
