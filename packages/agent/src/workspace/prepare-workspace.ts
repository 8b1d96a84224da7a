import type { Attempt, OnProgress, PreparedWorkspace, PrepareRequest } from './workspace.ts';

/** Makes or finds the folder a run works in. A failure is a text for a person (outcome `workspace_failed`). */
export async function prepareWorkspace(
  _request: PrepareRequest,
  _onProgress: OnProgress,
): Promise<Attempt<PreparedWorkspace>> {
  throw new Error('being written');
}
