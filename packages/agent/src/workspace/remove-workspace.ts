import type { Attempt, RemoveRequest } from './workspace.ts';

/** Removes a workspace whose work is safe on a branch; the value resolves when the slow deletion is over. Otherwise says why not. */
export async function removeWorkspace(
  _request: RemoveRequest,
): Promise<Attempt<{ readonly deleted: Promise<void> }>> {
  throw new Error('being written');
}
